"""deploy/README.md, step 6: from an empty database to the first patient, by the pages an installation really has."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from clinic.models import AuditEvent, Membership, Patient, Site, User
from tests.people import signed_in

pytestmark = pytest.mark.django_db
PATIENT = {"family_name": "First-Test", "given_name": "Ada", "born_on_month": "2", "born_on_day": "22",
           "born_on_year": "1969", "phone": "212 555 0177", "zone_name": "America/New_York",
           "reason": "pain"}  # fmt: skip


def add(client, model, **said):
    """Fill in a form of the set-up as it comes and send it; returns the answer."""
    address = reverse(f"admin:clinic_{model}_add")
    page = client.get(address)
    form = page.context["adminform"].form
    typed = {field.html_name: field.value() for field in form if field.value() is not None}
    for inline in page.context["inline_admin_formsets"]:
        prefix = inline.formset.prefix
        typed |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    answer = client.post(address, typed | said)
    wrong = answer.context["adminform"].form.errors if answer.context else ""
    assert answer.status_code == 302, wrong
    return answer


def member(admin, site, role):
    """A colleague, added with address and name, given a role."""
    email = f"{role}@clinic.example"
    add(admin, "user", email=email, name=f"New {role}")
    user = User.objects.get(email=email)
    add(admin, "membership", user=user.pk, site=site.pk, role=role)
    return user


def test_from_an_empty_database_to_the_first_patient():
    assert not User.objects.exists()
    call_command("createsuperuser", interactive=False, email="first@clinic.example", name="First Person", verbosity=0)
    admin = signed_in(User.objects.get())
    assert admin.get("/admin/").status_code == 200
    add(admin, "site", name="Harbor clinic", short_name="Harbor", zone_name="America/New_York", phone="212 555 0100")
    site = Site.objects.get()
    people = {role: member(admin, site, role) for role in ("clinic_admin", "prescriber", "nurse", "front_desk")}
    assert not any(user.has_usable_password() for user in people.values()), "they choose their own"
    assert Membership.objects.count() == 4
    desk = signed_in(people["front_desk"])
    added = desk.post(reverse("intake:patient-add"), PATIENT)
    patient = Patient.objects.get()
    assert added.headers["Location"] == reverse("followup:patient-show", args=[patient.pk])
    assert signed_in(people["nurse"]).get(added.headers["Location"]).status_code == 200
    done = set(AuditEvent.objects.filter(is_look=False).values_list("verb", flat=True))
    assert {"user.added", "membership.given", "patient.added"} <= done
