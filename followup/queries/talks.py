"""Talks between patients and the clinic: who may read which, and what waits. Reads only."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from clinic import access
from clinic.models import AuditEvent, Patient
from clinic.models.base import MENTAL
from followup.models import DESK_TOPICS, Talk, TalkMessage

SEEN = "look own talk"
SHOWN = 200


def talks_for(request):
    """Talks at the sites of this reader; the front desk sees those about visits and papers, no other."""
    rows = access.at_my_sites(request, Talk.objects.select_related("patient", "site"))
    return rows.filter(_may_read(request))


def _may_read(request) -> Q:
    clinical = [site.pk for site in access.sites_for(request) if access.sees(request, MENTAL, site=site)]
    return Q(topic__in=DESK_TOPICS) | Q(site__in=clinical)


def talk_or_404(request, pk) -> Talk:
    """One talk this reader may read; the look is recorded."""
    rows = Talk.objects.filter(pk=pk).filter(_may_read(request)).select_related("patient", "site")
    return access.get_for_patient_or_404(request, rows)


def own_talk_or_none(patient: Patient, pk) -> Talk | None:
    """A talk of this person, for their own page."""
    rows = Talk.objects.filter(pk=pk, patient__person=patient.person_id)
    return rows.select_related("patient", "site").first()


def own_talks(patient: Patient) -> list[Talk]:
    """A person's talks, the newest first; `is_unread`: has an answer of ours that they have not opened."""
    rows = _with_unread(Talk.objects.filter(patient__person=patient.person_id).select_related("site"))
    return list(rows.order_by("-last_at"))


def unread_by(patient: Patient) -> int:
    """How many talks hold an answer this person has not opened."""
    rows = _with_unread(Talk.objects.filter(patient__person=patient.person_id))
    return rows.filter(is_unread=True).count()


def _with_unread(talks):
    looks = AuditEvent.objects.filter(verb=SEEN, subject_id=OuterRef("talk"), at__gte=OuterRef("sent_at"))
    ours = TalkMessage.objects.filter(talk=OuterRef("pk"), is_patients=False).filter(~Exists(looks))
    return talks.annotate(is_unread=Exists(ours))


def messages_in(talk: Talk) -> list[TalkMessage]:
    """Both sides in order. One query."""
    return list(talk.messages.select_related("sent_by").order_by("sent_at"))


def seen_at(talk: Talk) -> datetime | None:
    """When the patient last opened the talk."""
    looks = AuditEvent.objects.filter(verb=SEEN, subject_id=talk.pk).order_by("-at")
    return looks.values_list("at", flat=True).first()


def sent_lately(patient: Patient, at: datetime) -> int:
    """How many messages this person has written in 24 hours."""
    since = at - timedelta(days=1)
    return TalkMessage.objects.filter(
        talk__patient__person=patient.person_id, is_patients=True, sent_at__gt=since
    ).count()


def going_on(patient: Patient, topic: str) -> Talk | None:
    """The newest talk of this person about such a matter that is not closed."""
    rows = Talk.objects.filter(patient__person=patient.person_id, topic=topic).exclude(state="closed")
    return rows.order_by("-last_at").first()
