"""The door from a request to sessions and what belongs to them, built on the clinic's one door to patients."""

from django.http import Http404

from clinic import access
from clinic.models import Role
from sessions.models import Container, Discrepancy, Entry, InfusionSession

CLINICIANS = access.CLINICIANS
CARE_TEAM = access.CARE_TEAM


def session_or_404(request, pk):
    """The session with its people, when it is at a site of the user's; the look is recorded."""
    return access.get_for_patient_or_404(request, InfusionSession.objects.with_people().filter(pk=pk))


def sessions_for(request):
    """All sessions at the user's sites, for lists."""
    return access.at_my_sites(request, InfusionSession.objects.with_people())


def entry_or_404(session, pk):
    """One entry of this session with its typed detail."""
    return _of(Entry.objects.with_details().filter(session=session), pk)


def part_or_404(session, name, pk):
    """One of the session's own rows: orders, dose_orders, preparations, second_checks."""
    return _of(getattr(session, name).all(), pk)


def container_or_404(request, pk):
    """A container at one of the user's sites."""
    return _of(access.at_my_sites(request, Container.objects.select_related("site", "patient")), pk)


def difference_or_404(request, pk):
    """A ledger difference at one of the user's sites."""
    return _of(access.at_my_sites(request, Discrepancy.objects.select_related("site", "container")), pk)


def is_clinician(request):
    """Whether clinical fields may be sent to this user at the current site."""
    return access.has_role(request, *CLINICIANS)


def is_prescriber(request, session=None):
    """Whether the user prescribes at the session's site (or the current one)."""
    return access.has_role(request, Role.PRESCRIBER, site=session.site_id if session else None)


def _of(queryset, pk):
    row = queryset.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def standing_or_404(session, pk):
    """A standing order of the session's pinned protocol version."""
    return _of(session.protocol_version.standingorders.all(), pk)


def targets_of(request, session):
    """The user's other open sessions at this site: where a reading charted here may belong."""
    return list(sessions_for(request).open().at_site(session.site).exclude(pk=session.pk).order_by("chair__position"))
