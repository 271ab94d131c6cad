"""The door from a request to sessions and what belongs to them, built on the clinic's one door to patients."""

from django.db.models import Q
from django.http import Http404

from clinic import access
from clinic.models import Appointment, Role
from clinic.prepared import Prepared
from sessions.models import (
    Container,
    Device,
    DischargeRequest,
    Discrepancy,
    Entry,
    InfusionSession,
    Order,
)
from sessions.queries import adverse

CLINICIANS = access.CLINICIANS
CARE_TEAM = access.CARE_TEAM
look_of = access.look_of


def session_or_404(request, pk):
    """The session with its people, when it is at a site of the user's; the look is recorded."""
    session = _through_the_door(_with_people, request, pk)
    return access.looked_at(request, session, session.patient)


def _through_the_door(rows, request, pk):
    """The session, when it is at a site of the user's and so is its patient."""
    session = _at_my_sites(rows, request, pk) or _through_the_glass(request, pk)
    if session is None:
        raise Http404
    return session


def _at_my_sites(rows, request, pk):
    sites = [site.pk for site in access.sites_for(request)]
    return rows.first(pk=pk, here=sites, theirs=sites) if sites else None


def _through_the_glass(request, pk):
    """The session of the patient of an open emergency look, whichever site it was at; None without one."""
    glass = access.glass_here(request)
    if glass is None:
        return None
    rows = InfusionSession.objects.with_people()
    return rows.filter(pk=pk, patient__person=glass.patient.person_id).first()


def visit_or_404(request, pk):
    """A booked visit that may be checked in; the look is recorded."""
    rows = Appointment.objects.select_related("patient", "course__protocol_version__protocol", "site")
    return access.get_for_patient_or_404(request, rows.filter(pk=pk))


def session_again_or_404(request, pk):
    """The same door for a fragment that an open page asks for by itself; see `look_of`."""
    session = _at_my_sites(_with_people, request, pk)
    if session is None:
        raise Http404
    look_of(request, session.pk, "look sessions:session-fragment", session, patient=session.patient)
    return session


def session_to_record_or_404(request, pk):
    """The same door for what is only written to. The entry's own row in the audit says who was here: whoever is shown
    the page instead, because something was refused, goes through `session_or_404` and that look is recorded.
    """
    return _through_the_door(_to_record, request, pk)


def _here(rows, of):
    return rows.filter(
        pk=of("pk"), site__in=of.list("here"), patient__in=access.patients_at(of.list("theirs")).values("pk")
    )


_to_record = Prepared(lambda of: _here(InfusionSession.objects.select_related("patient", "site"), of))
_with_people = Prepared(lambda of: _here(InfusionSession.objects.with_people(), of))


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
    return _of(access.at_my_sites(request, Container.objects.select_related("site", "patient", "delivery")), pk)


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


def order_or_404(request, pk):
    """An order of a session at one of the user's sites."""
    return _of(access.at_my_sites(request, Order.objects.select_related("session__site"), "session__site"), pk)


def standing_or_404(session, pk):
    """A standing order of the session's pinned protocol version."""
    return _of(session.protocol_version.standingorders.all(), pk)


def targets_of(request, session):
    """The user's other open sessions at this site: where a reading charted here may belong."""
    return list(sessions_for(request).open().at_site(session.site).exclude(pk=session.pk).order_by("chair__position"))


def device_or_404(request, pk):
    """A monitor at one of the user's sites, or one that no site has claimed yet."""
    rows = Device.objects.select_related("site", "chair")
    return _of(rows.filter(Q(site__in=access.sites_for(request)) | Q(site__isnull=True)), pk)


def event_or_404(request, pk):
    """The adverse event that an entry belongs to, at a site of the user's; 404 too when it was struck out."""
    mine = adverse.by_id(pk).filter(session__site__in=access.sites_for(request))
    event = adverse.event_of(access.get_for_patient_or_404(request, mine, path="session__patient").pk)
    if event is None:
        raise Http404
    return event


def request_or_404(request, pk):
    """A question about going home, at a site of the user's; the look at its session is recorded."""
    row = _of(DischargeRequest.objects.select_related("asked_by", "of_whom"), pk)
    row.session = session_or_404(request, row.session_id)
    return row
