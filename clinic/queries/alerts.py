"""What is asked about alerts, for pages of every floor. Reads only."""

from clinic.models import Alert
from clinic.prepared import Prepared


def waiting_at(sites):
    """Alerts at these sites that nobody has answered, the oldest first."""
    return _waiting.rows(sites=[site.pk for site in sites])


_waiting = Prepared(
    lambda of: (
        Alert.objects.filter(site__in=of.list("sites"), state="open")
        .select_related("patient", "site")
        .order_by("raised_at")
    )
)


def alerts_about(*subject_ids):
    """Every alert about these rows (a packet, a diary entry), the newest first; closed ones too."""
    about = Alert.objects.filter(subject_id__in=subject_ids)
    return about.select_related("patient", "site", "acknowledged_by", "closed_by").order_by("-raised_at")


def told_of(alert):
    """Everyone who was told, in order, with the message that went out. One query."""
    return alert.notices.select_related("message", "user").order_by("sent_at", "whom")


def remarks_of(alert):
    """What became known after it was raised, in order. One query."""
    return alert.remarks.select_related("made_by").order_by("made_at")
