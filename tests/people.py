"""The people of a test: two sites, everyone at the first one, their doubles at the second, and two patients.

`owner` is who does the work, `colleague` has the same role at the same site, `stranger` the same role at another site,
`deactivated` worked here once.
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.test import Client

from clinic import links
from clinic.models import Patient, Role, Site, User
from tests import factories


@dataclass
class People:
    """Everyone. `harbor` and `prairie` lie in different time zones."""

    harbor: Site
    prairie: Site
    front_desk: User
    nurse: User
    colleague: User
    prescriber: User
    prescriber_too: User
    clinic_admin: User
    auditor: User
    deactivated: User
    away: dict  # role -> the same role at the other site
    patient: Patient
    away_patient: Patient

    @property
    def site(self):
        return self.harbor

    @property
    def owner(self):
        return self.nurse

    @property
    def stranger(self):
        return self.away["nurse"]

    def by_role(self, role):
        return getattr(self, str(role))


NAMES = {
    "front_desk": "Fran Desk",
    "nurse": "Nora Nurse",
    "prescriber": "Petra Prescriber",
    "clinic_admin": "Ada Admin",
    "auditor": "Otto Auditor",
}


def people() -> People:
    """Make them all; needs the database."""
    harbor = factories.site()
    prairie = factories.site(name="Prairie clinic", zone="America/Chicago", phone="555 0200")
    here = {role: factories.member(role, at_site=harbor, name=NAMES[role]) for role in Role.values}
    away = {role: factories.member(role, at_site=prairie, name=f"{NAMES[role]} Away") for role in Role.values}
    return People(
        harbor=harbor,
        prairie=prairie,
        **here,
        colleague=factories.member("nurse", at_site=harbor, name="Cole League"),
        prescriber_too=factories.member("prescriber", at_site=harbor, name="Piet Prescriber"),
        deactivated=factories.member("nurse", at_site=harbor, name="Dee Parted", is_active=False),
        away=away,
        patient=factories.patient(at_site=harbor, given_name="Ngozi", family_name="Okafor-Test"),
        away_patient=factories.patient(at_site=prairie, given_name="Away", family_name="Elsewhere-Test"),
    )


def signed_in(user=None) -> Client:
    """A test client, signed in past every factor when a user is given."""
    client = Client()
    if user is not None:
        client.force_login(user, backend="clinic.signed_in.ByUsername")
    return client


def searched(client, address, **typed):
    """The page that answers a search for people, which is posted; a query in the address goes along."""
    path, _, query = address.partition("?")
    return client.post(path, dict(parse_qsl(query)) | typed, follow=True)


def by_link(patient, site, purpose, *, client=None, **fields):
    """A test client in which this patient has come through a link and given every proof, as (client, link)."""
    client = client or Client()
    link, _ = factories.link(of=patient, at_site=site, purpose=purpose, **fields)
    session = client.session
    links.let_in(session, link, proofs=links.PROOFS[purpose] or ("continue",))
    session.save()
    return client, link
