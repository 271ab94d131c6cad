"""Odd access: put it before those who judge it, look into it, settle it."""

from django.db import transaction
from django.urls import reverse

from clinic import audit, clock, notify, words
from clinic.links import absolute
from clinic.models import ACCESS_REVIEW, AccessReview
from clinic.queries.access_reviews import judging_roles, reviewers_of
from clinic.refusal import Conflict, Item
from clinic.rules import access_reviews as rules
from clinic.states import transition

NOTICE = "access_alert"


@transaction.atomic
def raise_review(
    kind, *, user, site, words, dedupe_key, by=None, patient=None, glass=None, figures=None, at=None
):  # fmt: skip
    """Put somebody's access before the clinic admins and auditors of their site; the same `dedupe_key` does it once.

    They are mailed in the same moment; the mail says nothing about whom and what. `site`: where `user` works.
    """
    at = at or clock.now()
    review, made = AccessReview.objects.get_or_create(
        dedupe_key=dedupe_key[:120],
        defaults={
            "kind": kind,
            "user": user,
            "site": site,
            "patient": patient,
            "glass": glass,
            "words": words[:300],
            "figures": figures or {},
            "raised_at": at,
            "due_at": at + rules.REVIEW_WITHIN,
        },
    )
    if made:
        audit.record("access.flagged", review, by=by, patient=patient, site=site, at=at, detail={"kind": kind})
        tell_reviewers(review, site, at)
    return review


def tell_reviewers(review, site, at):
    """Mail everyone who judges access at a site, but the person it is about."""
    for reviewer in reviewers_of(site, at, but=review.user):
        notify.enqueue(
            NOTICE,
            recipient=reviewer,
            site=site,
            dedupe_key=f"access:{review.pk}:{reviewer.pk}",
            due_at=at,
            expires_at=review.due_at,
            subject_kind=review._meta.label_lower,
            subject_id=review.pk,
            at=at,
        )


@transaction.atomic
def take_review(*, review, by, at=None):
    """A named person looks into it. Raises Refused for oneself and for who doesn't judge there."""
    at = at or clock.now()
    review = _mine(review, by, at)
    ACCESS_REVIEW.check(review.state, "taken")
    review.taken_at, review.taken_by = at, by
    transition(review, "taken", by=by, at=at, machine=ACCESS_REVIEW, also=("taken_at", "taken_by"))
    return _done("access.taken", review, by, at)


@transaction.atomic
def put_back_review(*, review, by, at=None):
    """Somebody else should look into it."""
    at = at or clock.now()
    review = _mine(review, by, at)
    review.taken_at = review.taken_by = None
    transition(review, "open", by=by, at=at, machine=ACCESS_REVIEW, also=("taken_at", "taken_by"))
    return _done("access.put_back", review, by, at)


@transaction.atomic
def settle_review(*, review, by, outcome, outcome_words, at=None):
    """Say what came of it. Raises Refused without words, for oneself, and Conflict when it is settled already."""
    at = at or clock.now()
    review = _mine(review, by, at)
    if review.state == "settled":
        raise Conflict(Item("settled", "Somebody else has settled it."), current=review)
    rules.check_can_settle(outcome=outcome, words=outcome_words)
    review.outcome, review.outcome_words = outcome, outcome_words.strip()
    review.settled_at, review.settled_by = at, by
    told = ("outcome", "outcome_words", "settled_at", "settled_by")
    transition(review, "settled", by=by, at=at, machine=ACCESS_REVIEW, also=told)
    return _done("access.settled", review, by, at, outcome=outcome)


def check_judge(*, review, by, at=None):
    """Raise Refused unless `by` judges this review."""
    roles = judging_roles(review, by, at or clock.now())
    rules.check_can_judge(roles=roles, is_own=review.user_id == by.pk)


def _mine(review, by, at):
    review = AccessReview.objects.select_for_update(of=("self",)).select_related("site", "user").get(pk=review.pk)
    check_judge(review=review, by=by, at=at)
    return review


def _done(verb, review, by, at, **detail):
    audit.record(verb, review, by=by, patient=review.patient, site=review.site, at=at, detail=detail)
    return review


@notify.compose(NOTICE)
def _values(message, at):
    """What the mail says: since when, and where to look. Nothing about whom and what."""
    review = AccessReview.objects.select_related("site").get(pk=message.subject_id)
    local = review.raised_at.astimezone(review.site.zone)
    return {
        "since": f"{words.clinic_date(local.date())} {words.clinic_time(local, review.site.zone)}",
        "page": absolute(reverse("clinic:access-review-show", args=[review.pk])),
        "phone": review.site.phone,
    }
