"""Somebody answers a text message: stop, start, help and yes are done at once, words of their own reach a person."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from clinic import audit, clock, language, notify
from clinic.actions import appointments
from clinic.actions.alerts import raise_alert
from clinic.actions.tasks import open_task
from clinic.models import Appointment, Message, Patient, Role, Site, TextReply
from clinic.refusal import Refused
from clinic.rules import phones, replies
from clinic.rules.crisis_words import has_crisis_words

ANSWERABLE = timedelta(days=8)  # a YES is about a visit whose reminder went out in these days
READ_WITHIN = timedelta(hours=4)  # clinic default (unverified default, the clinic approves)


@transaction.atomic
def take_reply(
    *, provider_id: str, sender: str, words: str, country: str = "1", at: datetime | None = None
) -> tuple[TextReply, str]:
    """Keep one text message that came in, do what it asks for, and say what to answer ("" for nothing).

    The provider may tell of it twice: the second time nothing is done and nothing answered. The number may be that of
    several patients (a couple, say): a STOP holds for all of them.
    """
    at = at or clock.now()
    meaning = replies.meaning_of(words)
    patients = list(Patient.objects.filter(phone_digits__in=phones.kept_forms(sender, country)).order_by("added_at"))
    last = _last_text(patients, at)
    patient = last.patient if last else patients[0] if patients else None
    told = {
        "sender": sender[:40],
        "words": words[:2000],
        "meaning": meaning,
        "received_at": at,
        "patient": patient,
        "site": last.site if last else _site_of(patient),
        "message": last,
    }
    reply, made = TextReply.objects.get_or_create(provider_id=provider_id, defaults=told)
    if not made:
        return reply, ""
    audit.record(f"text.{meaning}", reply, by=patient or audit.ANYONE, patient=patient, site=reply.site, at=at)
    with translation.override(language.of_person(patient)):
        return reply, _done(reply, patients, at)


def _last_text(patients, at) -> Message | None:
    """The newest text message that went to one of them: whoever answers means that one."""
    sent = Message.objects.filter(patient__in=patients, channel="sms", sent_at__isnull=False, sent_at__lte=at)
    return sent.select_related("patient", "site").order_by("-sent_at").first()


def _site_of(patient) -> Site | None:
    """The site that sees a patient, the newest one."""
    seen = (
        patient.sites.filter(until__isnull=True).select_related("site").order_by("-since").first() if patient else None
    )
    return seen.site if seen else None


def _done(reply: TextReply, patients, at: datetime) -> str:
    crisis = has_crisis_words(reply.words)
    if reply.patient is None or reply.site is None:
        return _to_nobody(reply)
    if crisis:
        _alert(reply, at)
    answer = DEEDS[reply.meaning](reply, patients, at)
    if not crisis and (reply.meaning == replies.WORDS or not replies.is_a_word(reply.words)):
        _to_a_person(reply, at)
    return _crisis_words(reply) if crisis else answer


def _to_nobody(reply: TextReply) -> str:
    """A number nobody here has: it gets nothing from us, so that there is nothing to stop."""
    if reply.meaning in (replies.STOP, replies.HELP):
        return gettext("We do not know this number and send nothing to it.")
    return ""


def _stop(reply, patients, at) -> str:
    """It holds at once; one confirmation, and none to whoever had stopped before."""
    before = [one for one in patients if _is_stopped(one)]
    for patient in patients:
        notify.stop(patient=patient, by=patient, channel="sms", kind="all", how="reply", at=at)
    if len(before) == len(patients):
        return ""
    words = gettext(
        "%(site)s: you get no more text messages from us. Reply START to get them again. Questions? Call %(phone)s."
    )
    return words % _names(reply)


def _is_stopped(patient) -> bool:
    return patient.contact_choices.filter(channel="sms", kind="all", opted_out_at__isnull=False).exists()


def _start(reply, patients, at) -> str:
    """They agree to text messages, again or for the first time: the number itself said so."""
    for patient in patients:
        notify.start(patient=patient, by=patient, channel="sms", kind="all", how="reply", at=at)
    words = gettext("%(site)s: you get text messages from us again. Reply STOP to end. Questions? Call %(phone)s.")
    return words % _names(reply)


def _help(reply, patients, at) -> str:
    words = gettext("%(site)s: we remind you of your visits. Questions? Call %(phone)s. Reply STOP to end.")
    return words % _names(reply)


def _yes(reply, patients, at) -> str:
    """They come: the visit that the last reminder was about is confirmed; without one a person reads the yes."""
    visit = _visit_of(reply.message, at)
    if visit is None:
        _to_a_person(reply, at)
        return ""
    try:
        appointments.confirm(appointment=visit, by=reply.patient, at=at)
    except Refused:
        _to_a_person(reply, at)
        return gettext("%(site)s: please call us about this visit: %(phone)s.") % _names(reply)
    when = notify.when_words(visit.starts_at, reply.site.zone)
    return gettext("%(site)s: thank you. We expect you on %(when)s.") % (_names(reply) | {"when": when})


def _visit_of(message, at) -> Appointment | None:
    if message is None or message.subject_kind != "clinic.appointment" or at - message.sent_at > ANSWERABLE:
        return None
    return Appointment.objects.filter(pk=message.subject_id, starts_at__gt=at).first()


def _words(reply, patients, at) -> str:
    words = gettext("%(site)s: thank you. Somebody reads this while we are open. Is it urgent? Call %(phone)s.")
    return words % _names(reply)


DEEDS = {"stop": _stop, "start": _start, "help": _help, "yes": _yes, "words": _words}


def _names(reply) -> dict:
    return {"site": reply.site.short_name, "phone": reply.site.phone}


def _alert(reply, at) -> None:
    """The same minute, by the same way as an answer about suicide in the forms or the diary."""
    with language.in_english():
        raise_alert(
            "suicide",
            patient=reply.patient,
            site=reply.site,
            words=f"By text message: “{reply.words}”",
            by=reply.patient,
            subject=reply,
            dedupe_key=f"text:{reply.pk}",
            at=at,
        )


def _crisis_words(reply) -> str:
    policy = reply.site.policy
    numbers = {
        "emergency": policy.emergency_phone if policy else "911",
        "crisis": policy.crisis_phone if policy else "988",
    }
    words = gettext(
        "Life in danger? Call %(emergency)s now. To talk to somebody, day or night: call %(crisis)s. "
        "We have told our team."
    )
    return words % numbers


def _to_a_person(reply, at) -> None:
    with language.in_english():
        open_task(
            "message",
            title="Has answered by text message: read it and call or write back.",
            neutral_title="Has answered by text message: a clinician reads it.",
            details=reply.words,
            site=reply.site,
            patient=reply.patient,
            due_at=at + READ_WITHIN,
            by=reply.patient,
            for_role=Role.NURSE,
            subject=reply,
            dedupe_key=f"text-reply:{reply.pk}",
            at=at,
        )
