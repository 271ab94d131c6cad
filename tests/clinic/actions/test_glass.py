"""Emergency looks, what they set off, and their judgement; access that ends with the last role."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from clinic import clock
from clinic.actions import access_reviews as reviews
from clinic.actions import glass, staff
from clinic.models import AccessReview, AuditEvent, BreakGlass, BreakGlassEnd, Membership, Message
from clinic.refusal import Conflict, Refused
from tests import factories
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db
WORDS = "The patient collapsed in our waiting room."


everyone = standing(people)


def opened(everyone, *, by=None, at=None, **but):
    patient = everyone.away_patient
    named = {"given_name": patient.given_name, "family_name": patient.family_name, "born_on": patient.born_on}
    told = {"why": "emergency", "words": WORDS, "by": by or everyone.nurse, "site": everyone.harbor}
    return glass.open_glass(**named | told | but, at=at)


def verbs(prefix):
    return list(AuditEvent.objects.filter(verb__startswith=prefix).order_by("at", "id").values_list("verb", flat=True))


def test_it_opens_one_patient_for_an_hour_and_tells_both_sides_at_once(everyone):
    at = clock.now()
    look = opened(everyone, at=at)
    assert (look.patient, look.until, look.role) == (everyone.away_patient, at + timedelta(hours=1), "nurse")
    row = AuditEvent.objects.get(verb="glass.opened")
    assert (row.user, row.patient, row.reason) == (everyone.nurse, everyone.away_patient, WORDS)
    review = AccessReview.objects.get()
    assert (review.kind, review.glass, review.user, review.state) == ("break_glass", look, everyone.nurse, "open")
    told = Message.objects.filter(kind="access_alert")
    both = {everyone.clinic_admin, everyone.auditor, everyone.away["clinic_admin"], everyone.away["auditor"]}
    assert {message.user for message in told} == both
    assert {message.due_at for message in told} == {at}, "not later than at once"


def test_capitals_and_the_name_they_go_by_do_not_matter_spelling_does(everyone):
    away = everyone.away_patient
    away.preferred_name = "Wayne"
    away.save(update_fields=["preferred_name"])
    assert opened(everyone, given_name=" wayne ", family_name=away.family_name.upper()).patient == away
    for wrong in ({"given_name": "Awa"}, {"family_name": "Elsewhere"}, {"born_on": away.born_on + timedelta(days=1)}):
        with pytest.raises(Refused, match="No single record"):
            opened(everyone, **wrong)
    assert verbs("glass.missed") == ["glass.missed"] * 3


def test_two_people_of_one_name_read_like_nobody(everyone):
    away = everyone.away_patient
    factories.patient(
        at_site=everyone.prairie, given_name=away.given_name, family_name=away.family_name, born_on=away.born_on
    )
    with pytest.raises(Refused, match="No single record"):
        opened(everyone)
    assert not BreakGlass.objects.exists()


def test_atk_40_guessing_names_is_stopped_and_put_before_the_reviewers(everyone):
    for _ in range(5):
        with pytest.raises(Refused, match="No single record"):
            opened(everyone, given_name="Guess")
    with pytest.raises(Refused, match="Too many names"):
        opened(everyone)
    assert not BreakGlass.objects.exists()
    review = AccessReview.objects.get()
    assert (review.kind, review.figures) == ("glass_missed", {"count": 5})
    assert Message.objects.filter(kind="access_alert", user=everyone.clinic_admin).count() == 1


@pytest.mark.parametrize("role", ["front_desk", "clinic_admin", "auditor"])
def test_onc_d6_only_who_treats_has_emergency_access(everyone, role):
    with pytest.raises(Refused, match="Only nurses and prescribers"):
        opened(everyone, by=everyone.by_role(role))


def test_one_at_a_time_and_ended_by_who_opened_it(everyone):
    first, second = opened(everyone), opened(everyone)
    assert BreakGlassEnd.objects.get().glass == first
    glass.end_glass(glass=second, by=everyone.nurse)
    glass.end_glass(glass=second, by=everyone.nurse)
    assert BreakGlassEnd.objects.count() == 2
    assert not BreakGlass.objects.open_at(clock.now()).exists()
    assert verbs("glass.ended") == ["glass.ended"] * 2


def test_g_11_what_was_opened_is_never_changed(everyone):
    look = opened(everyone)
    for change in ({"words": "other"}, {"until": look.until - timedelta(minutes=1)}):
        with pytest.raises(Exception, match="denied|stays|[Cc]annot"), transaction.atomic():
            BreakGlass.objects.filter(pk=look.pk).update(**change)
    with pytest.raises(IntegrityError, match="hour_at_most"), transaction.atomic():
        BreakGlass.objects.create(
            user=everyone.nurse, site=everyone.harbor, patient=everyone.patient, role="nurse", why="here", words="x",
            opened_at=look.opened_at, until=look.opened_at + timedelta(minutes=61),
        )  # fmt: skip


def test_a_review_is_taken_put_back_and_settled_by_somebody_else(everyone):
    opened(everyone)
    review = AccessReview.objects.get()
    reviews.take_review(review=review, by=everyone.clinic_admin)
    reviews.put_back_review(review=review, by=everyone.clinic_admin)
    with pytest.raises(Refused, match="what you found"):
        reviews.settle_review(review=review, by=everyone.auditor, outcome="justified", outcome_words="ok")
    done = reviews.settle_review(
        review=review, by=everyone.away["auditor"], outcome="justified", outcome_words="Called the ward: it was so."
    )
    assert (done.state, done.settled_by) == ("settled", everyone.away["auditor"])
    with pytest.raises(Conflict, match="Somebody else"):
        reviews.settle_review(review=review, by=everyone.auditor, outcome="justified", outcome_words="Me too, later.")
    assert verbs("access.") == ["access.flagged", "access.taken", "access.put_back", "access.settled"]


def test_nobody_judges_their_own_or_anothers_site(everyone):
    Membership.objects.create(user=everyone.nurse, site=everyone.harbor, role="clinic_admin", since=clock.now())
    review = reviews.raise_review("other", user=everyone.nurse, site=everyone.harbor, words="x", dedupe_key="x")
    with pytest.raises(Refused, match="their own"):
        reviews.take_review(review=review, by=everyone.nurse)
    for stranger in (everyone.away["clinic_admin"], everyone.prescriber):
        with pytest.raises(Refused, match="of that site"):
            reviews.take_review(review=review, by=stranger)
    assert not Message.objects.filter(kind="access_alert", user=everyone.nurse).exists()
    with pytest.raises(IntegrityError, match="somebody_else"), transaction.atomic():
        AccessReview.objects.filter(pk=review.pk).update(taken_by=everyone.nurse, taken_at=clock.now())


def test_the_same_thing_is_raised_once(everyone):
    for _ in range(2):
        reviews.raise_review("other", user=everyone.nurse, site=everyone.harbor, words="x", dedupe_key="same")
    assert AccessReview.objects.count() == 1
    assert Message.objects.filter(kind="access_alert").count() == 2, "the admin and the auditor, once each"


def test_an_ended_role_ends_the_look(everyone):
    opened(everyone)
    staff.end_role(membership=everyone.nurse.memberships.get(), by=everyone.clinic_admin)
    assert BreakGlassEnd.objects.get().why == "a role ended"


def test_ending_all_access_ends_every_role_of_mine_and_switches_off_who_has_none_left(everyone):
    nurse = everyone.nurse
    there = Membership.objects.create(user=nurse, site=everyone.prairie, role="nurse", since=clock.now())
    assert staff.end_access(user=nurse, by=everyone.clinic_admin, reason="Left on Friday") == 1
    nurse.refresh_from_db()
    assert nurse.is_active, "still works at the other site, whose admin ends that"
    assert list(Membership.objects.active().filter(user=nurse)) == [there]
    with pytest.raises(Conflict, match="no role left"):
        staff.end_access(user=nurse, by=everyone.clinic_admin, reason="again")
    staff.end_access(user=nurse, by=everyone.away["clinic_admin"], reason="Left here too")
    nurse.refresh_from_db()
    assert not nurse.is_active
    ended = AuditEvent.objects.filter(verb="membership.ended").order_by("at", "id")
    assert [row.reason for row in ended] == ["Left on Friday", "Left here too"]
    assert verbs("user.switched_off") == ["user.switched_off"]


def test_nobody_ends_their_own_access(everyone):
    with pytest.raises(Refused, match="own roles"):
        staff.end_access(user=everyone.clinic_admin, by=everyone.clinic_admin, reason="bye")
    with pytest.raises(Conflict):
        staff.end_access(user=everyone.nurse, by=everyone.prescriber, reason="no admin")


def test_going_through_the_list_is_noted_with_how_many(everyone):
    noted = staff.check_access(site=everyone.harbor, by=everyone.clinic_admin, words=" Fran left ")
    assert (noted.people, noted.words) == (7, "Fran left")
    assert AuditEvent.objects.get(verb="access.checked").detail == {"people": 7}


def test_mail_for_somebody_who_left_is_not_sent(everyone, mailoutbox):
    from clinic.notify import sender

    opened(everyone)
    staff.end_access(user=everyone.auditor, by=everyone.clinic_admin, reason="Left")
    sender.sweep(at=clock.now())
    rows = dict(Message.objects.filter(kind="access_alert").values_list("user", "state"))
    assert rows[everyone.auditor.pk] == "withdrawn"
    assert rows[everyone.clinic_admin.pk] == "sent"
    said = mailoutbox[0].subject + mailoutbox[0].body
    assert everyone.away_patient.family_name not in said
    assert everyone.nurse.name not in said
    assert "/access/reviews/" in said
