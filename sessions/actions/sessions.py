"""The session row: locked while something is written to it, its version bumped and announced, who may do what."""

from django.db import transaction

from clinic import live
from clinic.models import Membership, Role
from clinic.refusal import Conflict, Item, Refused
from sessions.models import InfusionSession


def lock(session):
    """The session row, locked until the transaction ends, with all that a rule or an audit row names."""
    rows = InfusionSession.objects.select_for_update(of=("self",)).select_related(
        "patient", "site", "course", "protocol_version__protocol", "appointment", "responsible_prescriber"
    )
    return rows.get(pk=session.pk)


def check_version(session, version):
    """`Conflict` when the page that asks is older than the session (None: the page does not say)."""
    if version is not None and int(version) != session.version:
        raise Conflict(Item("session.stale", "The session has changed since this page was shown: look again."))


def bump(session):
    """Save the counters of a locked session, tell the site on commit; returns the new version."""
    session.version += 1
    session.save(update_fields=["version", "last_seq"])
    announce(session)
    return session.version


def announce(session):
    """Tell the site's open pages, on commit, at which version the session is."""
    site_id, ident, version = session.site_id, session.pk, session.version
    transaction.on_commit(lambda: live.announce(site_id, "session", ident, version))


def holds(user, site, *roles, at):
    """Whether the user holds one of these roles at this site at `at` (roles held now count for past times too)."""
    active = Membership.objects.filter(user=user, site=site, role__in=[str(r) for r in roles])
    return user.is_active and active.filter(until__isnull=True).exists()


def need_prescriber(user, site, *, at, words="Only a prescriber at this site can do this."):
    """Raise `Refused` unless the user is a prescriber at this site."""
    if not holds(user, site, Role.PRESCRIBER, at=at):
        raise Refused(Item("role.prescriber", words))


def need_clinician(user, site, *, at):
    """Raise `Refused` unless the user is a nurse or prescriber at this site."""
    if not holds(user, site, Role.NURSE, Role.PRESCRIBER, at=at):
        raise Refused(Item("role.clinician", "Only a nurse or a prescriber at this site can do this."))


def need_open(session):
    """Raise `Refused` for a planned step on a session that has ended."""
    if session.ended_at is not None:
        raise Refused(Item("session.ended", "This session has ended."))
