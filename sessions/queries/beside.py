"""The sessions of one patient that can be laid beside each other, and their sheets in a fixed number of queries."""

from sessions.models import InfusionSession
from sessions.queries.sheet import sheets


def comparable(session, request_sites):
    """The patient's started sessions up to this one, newest first, at these sites; this one is among them."""
    mine = InfusionSession.objects.with_people().filter(
        patient__person=session.patient.person_id, started_at__isnull=False, site__in=request_sites
    )
    return list(mine.filter(checked_in_at__lte=session.checked_in_at).order_by("-checked_in_at"))


def sheets_of(sessions, at):
    """The `Sheet`s of these sessions, in their order, each at its own end or `at` while it is open."""
    day = at.date()
    rows = InfusionSession.objects.with_people().with_gate_facts(day).filter(pk__in=[s.pk for s in sessions])
    made = {sheet.session.pk: sheet for sheet in sheets(list(rows), at)}
    return [made[s.pk] for s in sessions if s.pk in made]
