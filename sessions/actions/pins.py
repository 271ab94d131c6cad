"""The quick PIN: set, taken away, tried, locked, unlocked. Every wrong try counts before anything else is done."""

from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction

from clinic import audit, clock
from clinic.refusal import Conflict, Item, Refused, refuse_if
from sessions.models import QuickPin
from sessions.rules import pins as rules

LOCKED = "This PIN is locked after {tries} wrong tries. Sign by e-mail and password."


@transaction.atomic
def set_pin(*, pin, again, badge="", by, at=None):
    """Set one's own PIN (who asks has just given the password) and the badge that names one. Unlocks.

    Refused: not six digits, easy to guess, not typed twice alike; Conflict for a badge that names somebody else.
    """
    at, badge = at or clock.now(), badge.strip()
    refuse_if(rules.pin_items(pin, again=again, badge=badge))
    facts = {
        "pin_hash": make_password(pin),
        "for_password": by.get_session_auth_hash(),
        "badge": badge,
        "set_at": at,
        "wrong_tries": 0,
        "locked_at": None,
    }
    try:
        with transaction.atomic():
            row, _ = QuickPin.objects.update_or_create(user=by, defaults=facts)
    except IntegrityError as problem:
        raise Conflict(Item("pin.badge_taken", "This badge names somebody else already.", field="badge")) from problem
    audit.record("pin.set", row, by=by, at=at)
    return row


@transaction.atomic
def remove_pin(*, by, at=None):
    """Take one's own PIN and badge away."""
    row = QuickPin.objects.select_for_update().filter(user=by).first()
    if row is None or not row.pin_hash:
        raise Refused(Item("pin.none", "There is no PIN to take away."))
    row.pin_hash = row.badge = ""
    row.save(update_fields=["pin_hash", "badge"])
    audit.record("pin.removed", row, by=by, at=at or clock.now())
    return row


def check_pin(*, user, pin, asked_by, site, subject=None, at=None):
    """Raise Refused unless this is the person's PIN; a wrong one counts, also when two are tried at once."""
    at = at or clock.now()
    problem = _try(user, pin, at)
    verb = "countersignature.refused" if problem else "countersignature.signed"
    audit.record(verb, subject, by=asked_by if problem else user, site=site, at=at, detail={"way": "pin"} | _of(user))
    if problem:
        raise Refused(problem)


def check_entry(*, user, pin, by, at=None):
    """Raise Refused unless this is the person's PIN, for the privacy lock of a tablet. Counts wrong ones alike.

    `by` is who the tablet belongs to until then. The right one has its audit row from the deed it opens.
    """
    at = at or clock.now()
    problem = _try(user, pin, at)
    if problem:
        audit.record("pin.refused", user, by=by, at=at, detail={"why": problem.code})
        raise Refused(Item(problem.code, problem.text.replace(" Nothing was signed.", ""), field="pin"))


def _of(user):
    return {"person": str(user.pk)}


@transaction.atomic
def _try(user, pin, at):
    """The Item that says why not, or None. Kept whatever becomes of the page: the counter is written here."""
    row = QuickPin.objects.select_for_update().filter(user=user).exclude(pin_hash="").first()
    if row is None:
        return Item("pin.none", "There is no PIN. Use your password.", field="second_pin")
    if row.for_password != user.get_session_auth_hash():
        return Item("pin.old", "The password was changed since this PIN was set. Set a new PIN.", field="second_pin")
    if rules.is_locked(row.wrong_tries):
        return Item("pin.locked", LOCKED.format(tries=rules.TRIES), field="second_pin")
    is_right = check_password(pin, row.pin_hash)
    row.wrong_tries = 0 if is_right else row.wrong_tries + 1
    row.locked_at = at if rules.is_locked(row.wrong_tries) else None
    row.save(update_fields=["wrong_tries", "locked_at"])
    return None if is_right else _wrong(row.wrong_tries)


def _wrong(tries):
    if rules.is_locked(tries):
        return Item("pin.locked", LOCKED.format(tries=rules.TRIES), field="second_pin")
    left = rules.left(tries)
    words = f"Wrong PIN. Nothing was signed. {left} {'try' if left == 1 else 'tries'} left."
    return Item("pin.wrong", words, field="second_pin")


@transaction.atomic
def unlock(*, site, by, at=None):
    """Somebody has just signed by password and factor: their own PIN counts again."""
    row = QuickPin.objects.select_for_update().filter(user=by, wrong_tries__gt=0).first()
    if row is None:
        return
    row.wrong_tries, row.locked_at = 0, None
    row.save(update_fields=["wrong_tries", "locked_at"])
    audit.record("pin.unlocked", row, by=by, site=site, at=at or clock.now())
