"""Open one patient's record beyond one's own sites in an emergency, and end that look."""

from django.db import transaction

from clinic import audit, clock
from clinic.access import roles_of
from clinic.actions.access_reviews import check_judge, raise_review, tell_reviewers
from clinic.models import BreakGlass, BreakGlassEnd, User
from clinic.queries import access_reviews as queries
from clinic.refusal import Item, Refused
from clinic.rules import glass as rules


def open_glass(*, given_name, family_name, born_on, why, words, by, site, address=None, at=None):
    """Open the record of the one person of exactly this name and date of birth, to read, for an hour.

    Raises Refused for other roles, without a reason, after too many misses, and alike when nobody and when several
    people are named so: that try is kept. The reviewers of both sides are told at once.
    """
    at = at or clock.now()
    held = roles_of(by, site, at)
    rules.check_can_open(roles=held, words=words, misses=queries.misses_of(by, at))
    found = queries.named(given_name=given_name, family_name=family_name, born_on=born_on)
    if len(found) != 1:
        _note_miss(by=by, site=site, at=at)
        raise Refused(Item("glass-nobody", rules.NO_MATCH, field="family_name"))
    role = next(role for role in reversed(rules.ROLES) if role in held)
    return _open(found[0], role=role, why=why, words=words.strip(), by=by, site=site, address=address, at=at)


@transaction.atomic
def _open(patient, *, role, why, words, by, site, address, at):
    by = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    for other in queries.glasses_of(by, at):
        _end(other, by=by, why="another one was opened", at=at)
    glass = BreakGlass.objects.create(
        user=by, site=site, patient=patient, role=role, why=why, words=words, address=address,
        opened_at=at, until=rules.until_of(at),
    )  # fmt: skip
    audit.record("glass.opened", glass, by=by, patient=patient, site=site, at=at, reason=words, detail={"why": why})
    review = raise_review(
        "break_glass",
        user=by,
        site=site,
        patient=patient,
        glass=glass,
        by=by,
        words=f"{by.name} opened a record beyond their sites: {glass.get_why_display()}.",
        dedupe_key=f"glass:{glass.pk}",
        at=at,
    )
    for home in queries.homes_of(patient):
        tell_reviewers(review, home, at)
    return glass


@transaction.atomic
def _note_miss(*, by, site, at):
    audit.record("glass.missed", by, by=by, site=site, at=at)
    count = queries.misses_of(by, at)
    if count >= rules.MISSES:
        minutes = int(rules.MISSES_WITHIN.total_seconds() // 60)
        raise_review(
            "glass_missed",
            user=by,
            site=site,
            by=by,
            words=f"{count} names at the emergency look that were nobody's, within {minutes} minutes.",
            figures={"count": count},
            dedupe_key=f"glass_missed:{by.pk}:{at:%Y%m%d%H}",
            at=at,
        )


@transaction.atomic
def end_glass(*, glass, by, why="", at=None):
    """End an emergency look before its time is over: by who opened it, or by who judges it. Twice is once."""
    at = at or clock.now()
    User.objects.select_for_update(no_key=True).get(pk=glass.user_id)  # its own row can only be added to: no lock there
    glass = BreakGlass.objects.select_related("patient", "site").get(pk=glass.pk)
    return _end(glass, by=by, why=why or ("done" if by and by.pk == glass.user_id else "ended by a reviewer"), at=at)


@transaction.atomic
def end_glass_of(*, review, by, at=None):
    """A reviewer ends the emergency look of this review. Raises Refused for who does not judge it, or without one."""
    check_judge(review=review, by=by, at=at)
    if review.glass is None:
        raise Refused(Item("glass-none", "There is no emergency look to end here."))
    return end_glass(glass=review.glass, by=by, at=at)


def end_glasses_of(user, *, by, why, at):
    """End every emergency look of somebody that is open. Returns how many. Call it within a transaction."""
    found = queries.glasses_of(user, at)
    for glass in found:
        _end(glass, by=by, why=why, at=at)
    return len(found)


def _end(glass, *, by, why, at):
    if not glass.is_open(at):
        return glass
    BreakGlassEnd.objects.create(glass=glass, ended_at=at, ended_by=by, why=why[:80])
    audit.record("glass.ended", glass, by=by, patient=glass.patient, site=glass.site, at=at, reason=why)
    return glass
