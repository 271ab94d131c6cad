"""What stands on a record when it may become one with another. Reads only."""

from django.urls import reverse

from clinic.models import OCCUPIES, Appointment
from clinic.words import clinic_date, clinic_time
from followup.rules.merging import Standing
from intake.models import Packet
from sessions.models import InfusionSession


def standing_of(record, at):
    """A record with its coming visits, open session and open packet, and how it stands with other records."""
    visits = Appointment.objects.filter(
        patient__person=record.person_id, state__in=OCCUPIES, ends_at__gt=at
    ).select_related("site")
    session = InfusionSession.objects.open().filter(patient__person=record.person_id).select_related("site").first()
    packet = Packet.objects.open().filter(patient__person=record.person_id).select_related("site").first()
    return Standing(
        record.record_number,
        record.is_merged,
        record.records.exclude(pk=record.pk).exists(),
        [(v.starts_at, v.ends_at, _visit_words(v), reverse("followup:visit-show", args=[v.pk])) for v in visits],
        session and (f"record {record.record_number}", reverse("sessions:session-show", args=[session.pk])),
        packet and (f"record {record.record_number}", reverse("intake:packet-show", args=[packet.pk])),
    )


def _visit_words(visit):
    zone = visit.site.zone
    return f"{clinic_date(visit.starts_at.astimezone(zone).date())} {clinic_time(visit.starts_at, zone)}"
