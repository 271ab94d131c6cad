"""Reading who looked at a patient, what was taken, what left the clinic. Reads only."""

from django.db.models import Case, Count, Max, Min, Q, Value, When
from django.db.models.functions import TruncDate

from clinic.models import AmendmentRequest, AuditEvent, Disclosure, Membership
from clinic.rules.disclosures import EXEMPT, PURPOSES
from clinic.rules.lookers import Held, Seen

TAKEN = Q(verb__startswith="take ")
WHAT = {"look": Q(is_look=True) & ~TAKEN, "take": TAKEN, "change": Q(is_look=False)}
DISCLOSURE_ORDERS = {
    "at": ("told_at", "pk"),
    "patient": ("patient__family_name", "patient__given_name", "told_at"),
    "to": ("to_whom", "told_at"),
    "purpose": ("purpose", "told_at"),
    "by": ("noted_by__name", "told_at"),
}


def _between(rows, name, begin, end):
    rows = rows.filter(**{f"{name}__gte": begin}) if begin else rows
    return rows.filter(**{f"{name}__lt": end}) if end else rows


def about(patient, *, begin=None, end=None, user=None, what=""):
    """Events of the audit about a person, under any of their records, newest first."""
    rows = _between(AuditEvent.objects.filter(patient__person=patient.person_id), "at", begin, end)
    rows = rows.filter(user=user) if user else rows
    rows = rows.filter(WHAT[what]) if what in WHAT else rows
    return rows.select_related("user", "site").order_by("-at", "-id")


def people_of(rows):
    """[{user__name, user__credentials, looks, changes, taken, first, last}] of staff among these events."""
    named = rows.order_by().filter(actor_kind="user").values("user", "user__name", "user__credentials")
    counted = named.annotate(
        looks=Count("pk", filter=WHAT["look"]), changes=Count("pk", filter=WHAT["change"]),
        taken=Count("pk", filter=TAKEN), first=Min("at"), last=Max("at"),
    )  # fmt: skip
    return list(counted.order_by("-last"))


def _by_people(patient, zone):
    """What people did with a record, by the days of a zone; what the system did by itself is left out."""
    rows = AuditEvent.objects.filter(patient__person=patient.person_id).exclude(actor_kind="system")
    return rows.annotate(day=TruncDate("at", tzinfo=zone)).order_by()


def days_about(patient, zone):
    """The days on which people did anything with a record, the newest first."""
    return _by_people(patient, zone).values_list("day", flat=True).distinct().order_by("-day")


def seen_on(patient, zone, days):
    """[Seen] of these days: each person, site and kind of deed once a day. Without a name."""
    what = Case(When(TAKEN, then=Value("take")), When(is_look=True, then=Value("look")), default=Value("change"))
    urgent = Case(When(detail__has_key="break_glass", then=Value(True)), default=Value(False))
    rows = _by_people(patient, zone).filter(day__in=list(days)).annotate(what=what, urgent=urgent)
    return [Seen(*row) for row in rows.values_list("day", "actor_kind", "user", "site", "what", "urgent").distinct()]


def held_by(users, zone):
    """[Held]: every role these members of staff hold or held, by the days of a zone."""
    rows = Membership.objects.filter(user__in=users).annotate(
        from_day=TruncDate("since", tzinfo=zone), to_day=TruncDate("until", tzinfo=zone)
    )
    return [Held(*row) for row in rows.values_list("user", "site", "role", "from_day", "to_day")]


def disclosures(
    *, sites=None, patient=None, begin=None, end=None, record_number="", to_whom="", purpose="", order="-at"
):
    """Disclosures of these sites, or about this person."""
    rows = Disclosure.objects.select_related("patient", "site", "noted_by")
    rows = rows if sites is None else rows.filter(site__in=[site.pk for site in sites])
    rows = rows if patient is None else rows.filter(patient__person=patient.person_id)
    asked = {"patient__record_number__iexact": record_number, "to_whom__icontains": to_whom}
    rows = _between(rows.filter(**{name: value for name, value in asked.items() if value}), "told_at", begin, end)
    rows = rows.exclude(purpose__in=EXEMPT) if purpose == "must" else rows
    rows = rows.filter(purpose=purpose) if purpose in PURPOSES else rows
    sign, name = ("-", order[1:]) if order.startswith("-") else ("", order)
    return rows.order_by(*[f"{sign}{column}" for column in DISCLOSURE_ORDERS.get(name, DISCLOSURE_ORDERS["at"])])


def taken(patient):
    """What staff and the patient took as a file or on paper, newest first."""
    return about(patient, what="take")


def amendments(sites, *, begin=None, end=None):
    """Corrections asked for at these sites, newest first: when, by whom decided, not what was written."""
    rows = AmendmentRequest.objects.filter(site__in=[site.pk for site in sites])
    rows = rows.select_related("patient", "site", "decided_by").defer("words", "should_say", "added", "decision_words")
    return _between(rows, "asked_at", begin, end).order_by("-asked_at")
