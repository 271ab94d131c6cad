"""Scores that staff enter: of questionnaires whose text may not ship, and of the suicide screener by its answers."""

from datetime import datetime, time
from decimal import Decimal

from django.db import transaction

from clinic import audit, clock
from clinic.actions.alerts import raise_alert
from clinic.events import score_entered, tell_on_commit
from clinic.instruments import cssrs, library
from clinic.models import InstrumentResponse, Patient
from intake.rules import scores as rules
from intake.rules.alerts import alert_answers

OCCASION = "staff"


@transaction.atomic
def enter_score(*, patient, site, instrument, total, day, by, version="", at=None):
    """Keep a total that staff read off a form given on ``day`` (a local date). The same twice is kept once.

    ``instrument`` is a code of ``library.entered_codes()``; ``version`` that of the form, the usual one when blank.
    Raises Refused for a total outside its range and for a day to come.
    """
    at = at or clock.now()
    score = rules.check_can_enter(instrument=instrument, total=total, day=day, today=_today(site, at))
    version = version or library.load(instrument).version
    found = {"value": score.value, "band": score.band or ""}
    return _keep(patient, site, instrument, version, {}, found, _moment(day, site, at), by, at)


@transaction.atomic
def enter_screener(*, patient, site, answers, day, by, at=None):
    """Keep the answers of the suicide screener (code -> "yes" or "no"), asked on ``day``; the level follows.

    While an answer that could raise the level is missing, it is kept as not scorable. Any yes raises an alert at once.
    """
    at = at or clock.now()
    rules.check_day(day=day, today=_today(site, at))
    said = {code: answers.get(code) or None for code in cssrs.CODES}
    level = cssrs.screen(said).level
    bands = library.load(cssrs.CODE).bands
    found = {"value": None, "band": ""} if level is None else {"value": Decimal(level), "band": bands[level].code}
    version = library.load(cssrs.CODE).version
    row = _keep(patient, site, cssrs.CODE, version, said, found, _moment(day, site, at), by, at)
    for answer in alert_answers(said):
        raise_alert(
            "suicide",
            patient=patient,
            site=site,
            words=answer.words,
            by=by,
            subject=row,
            at=at,
            dedupe_key=f"suicide:screener:{row.pk}",
        )
    return row


def _keep(patient, site, instrument, version, answers, found, answered_at, by, at):
    patient = Patient.objects.select_for_update().get(pk=patient.pk)
    facts = {
        "patient": patient,
        "instrument": instrument,
        "version": version,
        "answers": answers,
        "score": found["value"],
        "scorable": found["value"] is not None,
        "band": found["band"],
        "answered_by": by,
        "occasion_kind": OCCASION,
    }
    same_day = answered_at.astimezone(site.zone).date()
    for row in InstrumentResponse.objects.filter(**facts):
        if row.answered_at.astimezone(site.zone).date() == same_day:
            return row
    row = InstrumentResponse.objects.create(answered_at=answered_at, **facts)
    audit.record("score.entered", row, by=by, patient=patient, site=site, at=at, detail={"instrument": instrument})
    tell_on_commit(score_entered, patient=patient, site=site, by=by, at=at)
    return row


def _today(site, at):
    return at.astimezone(site.zone).date()


def _moment(day, site, at):
    """Now for today; noon of the site for an earlier day, of which only the date is known."""
    return at if day == _today(site, at) else datetime.combine(day, time(12), tzinfo=site.zone)
