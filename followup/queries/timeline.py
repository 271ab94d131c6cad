"""Everything of one person's record that has a time: each kind in one query."""

from clinic.models import (
    Alert,
    Appointment,
    ConsentRevocation,
    ConsentSignature,
    Course,
    Document,
    InstrumentResponse,
    MedicationStatement,
    StateChange,
    TestOrder,
)
from followup.models import CallNote, ReliefEpisode
from intake.models import Assessment, Packet
from sessions.models import Entry, InfusionSession

ENDED = ("cancelled", "no_show", "done")


def packets(person):
    """The packets of this person."""
    return Packet.objects.filter(patient__person=person).select_related("site")


def decisions(person):
    """Signed assessments."""
    return Assessment.objects.filter(patient__person=person, signed_at__isnull=False).select_related("signed_by")


def consents(person):
    """Signatures under consents."""
    return ConsentSignature.objects.filter(patient__person=person).select_related("text")


def revocations(person):
    """Consents taken back."""
    return ConsentRevocation.objects.filter(signature__patient__person=person).select_related("signature__text")


def courses(person):
    """Courses with their protocol."""
    rows = Course.objects.filter(patient__person=person)
    return list(rows.select_related("protocol_version__protocol", "prescriber"))


def course_changes(found):
    """What became of these courses, the oldest first."""
    changes = StateChange.objects.filter(machine="course", subject_id__in=[course.pk for course in found])
    return changes.select_related("by_user")


def visits(person):
    """Visits that are over, infusions left out: those show as infusions."""
    rows = Appointment.objects.filter(patient__person=person, state__in=ENDED, infusion_session__isnull=True)
    return rows.select_related("site")


def infusions(person):
    """Sessions with their course and nurse."""
    rows = InfusionSession.objects.filter(patient__person=person)
    return rows.select_related("course", "site", "protocol_version__protocol")


def relief(person):
    """Session -> the episode of relief of pain after it."""
    rows = ReliefEpisode.objects.filter(course__patient__person=person, measure="pain")
    return {row.session_id: row for row in rows}


def effects(person):
    """Side effects that count, not mild: the last of each chain of corrections."""
    rows = Entry.objects.filter(session__patient__person=person, kind="side_effect", superseded_by__isnull=True)
    rows = rows.exclude(role="strike").exclude(sideeffect__severity="mild", sideeffect__serious=False)
    return rows.select_related("sideeffect", "session")


def tests(person):
    """Tests asked for."""
    return TestOrder.objects.filter(patient__person=person)


def scores(person):
    """Answered questionnaires."""
    return InstrumentResponse.objects.filter(patient__person=person)


def medicines(person):
    """Medicines said to be taken."""
    return MedicationStatement.objects.filter(patient__person=person)


def alerts(person):
    """Alerts with who took them."""
    return Alert.objects.filter(patient__person=person).select_related("acknowledged_by")


def calls(person):
    """Calls made and taken."""
    return CallNote.objects.filter(patient__person=person).select_related("noted_by")


def documents(person):
    """Files, without their bytes."""
    return Document.objects.filter(patient__person=person)
