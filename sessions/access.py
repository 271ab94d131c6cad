"""The door from a request to sessions and what belongs to them, built on the clinic's one door to patients."""

from django.http import Http404

from clinic import access, audit, clock
from clinic.models import Appointment, Role
from sessions.models import Container, Discrepancy, Entry, InfusionSession

CLINICIANS = access.CLINICIANS
CARE_TEAM = access.CARE_TEAM
LOOK_SECONDS = 10 * 60


def session_or_404(request, pk):
    """The session with its people, when it is at a site of the user's; the look is recorded."""
    return access.get_for_patient_or_404(request, InfusionSession.objects.with_people().filter(pk=pk))


def visit_or_404(request, pk):
    """A booked visit that may be checked in; the look is recorded."""
    rows = Appointment.objects.select_related("patient", "course__protocol_version__protocol", "site")
    return access.get_for_patient_or_404(request, rows.filter(pk=pk))


def session_again_or_404(request, pk):
    """The same door for a fragment that an open page asks for by itself; see `look_of`."""
    rows = sessions_for(request).filter(patient__in=access.patients_for(request).values("pk"))
    session = _of(rows, pk)
    look_of(request, session.pk, "look sessions:session-fragment", session, patient=session.patient)
    return session


def look_of(request, key, verb, subject=None, *, patient=None):
    """Record a look at what refreshes by itself: once in ten minutes for this sign-in, not at every refresh."""
    looks, now = request.session.get("looks", {}), clock.now().timestamp()
    if now - looks.get(str(key), 0) > LOOK_SECONDS:
        fresh = {k: at for k, at in looks.items() if now - at <= LOOK_SECONDS}
        request.session["looks"] = fresh | {str(key): now}
        audit.looked(request, verb, subject, patient=patient, site=request.site)


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
