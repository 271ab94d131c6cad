"""Which language a page is in, how it is switched, and that switching loses nothing and does nothing else."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import translation

from clinic import clock, language, words
from clinic.models import Appointment, AuditEvent, Patient, ReadinessAnswer
from clinic.refusal import Refused
from tests import factories
from tests.house import matrix
from tests.people import by_link, people, signed_in
from tests.standing import standing

ES = {"HTTP_ACCEPT_LANGUAGE": "es-MX,es;q=0.9,en;q=0.5"}


p = standing(people)


@pytest.fixture
def visit(p):
    return factories.appointment(of=p.patient, at_site=p.site, starts_at=clock.now() + dt.timedelta(days=1))


@pytest.fixture
def client(p, visit):
    client, _ = by_link(p.patient, p.site, "readiness", subject_kind="clinic.appointment", subject_id=visit.pk)
    return client


def language_of(response):
    html = response.content.decode()
    said = html.partition('<html lang="')[2].partition('"')[0]
    assert response.headers["Content-Language"] == said
    return said


def switch(client, code, path="/readiness/", **typed):
    return client.post(path, typed | {language.SWITCH: code})


def prefer(patient, code):
    Patient.objects.filter(pk=patient.pk).update(language=code)


# ---- which language
def test_the_browser_counts_where_nobody_was_asked(client):
    assert language_of(client.get("/readiness/")) == "en"
    assert language_of(client.get("/readiness/", **ES)) == "es"


def test_a_language_we_do_not_speak_is_english(client):
    assert language_of(client.get("/readiness/", HTTP_ACCEPT_LANGUAGE="fr,de;q=0.8")) == "en"
    assert language_of(client.get("/readiness/", HTTP_ACCEPT_LANGUAGE="*;q=junk,,")) == "en"


def test_the_patients_own_language_comes_before_the_browsers(client, p):
    prefer(p.patient, "en")
    assert language_of(client.get("/readiness/", **ES)) == "en"
    prefer(p.patient, "es")
    assert language_of(client.get("/readiness/")) == "es"


def test_what_was_chosen_comes_first_and_stays(client, p):
    prefer(p.patient, "en")
    switch(client, "es", "/readiness/done/")
    assert language_of(client.get("/readiness/")) == "es"
    assert Patient.objects.get(pk=p.patient.pk).language == "es"


def test_staff_pages_are_english_whatever_browser_or_patient(p):
    assert language_of(signed_in(p.nurse).get("/patients/", **ES)) == "en"
    assert language_of(Client().get("/accounts/login/", **ES)) == "en"


def test_a_patient_in_a_browser_of_staff_reads_their_own_language(p, visit):
    prefer(p.patient, "es")
    about = {"subject_kind": "clinic.appointment", "subject_id": visit.pk}
    client, _ = by_link(p.patient, p.site, "readiness", client=signed_in(p.nurse), **about)
    assert language_of(client.get("/readiness/")) == "es"
    assert language_of(client.get("/patients/")) == "en"


def test_the_next_patient_in_a_browser_is_not_spoken_to_in_the_others_language(client, p):
    prefer(p.patient, "en")
    switch(client, "es")
    other = factories.patient(at_site=p.site, given_name="Next", family_name="Person-Test")
    by_link(other, p.site, "stop", client=client)
    assert language_of(client.get("/messages/")) == "en"
    assert language_of(client.get("/readiness/")) == "es"


def test_signing_in_forgets_what_a_patient_chose(client):
    switch(client, "es")
    session = client.session
    language.forget(session)
    assert (language.CHOSEN in session, language.LAST in session) == (False, False)


# ---- errors and doors
def test_a_wrong_address_answers_in_the_visitors_language():
    client = Client()
    assert language_of(client.get("/no-such-page/", **ES)) == "es"
    assert language_of(client.get("/no-such-page/")) == "en"
    answer = client.post("/language/", {language.SWITCH: "es", "next": "/no-such-page/"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/no-such-page/")
    assert language_of(client.get("/no-such-page/")) == "es"


def test_the_switch_leads_nowhere_else():
    answer = Client().post("/language/", {language.SWITCH: "es", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/p/"


def test_staff_is_offered_no_other_language(p):
    html = signed_in(p.nurse).get("/no-such-page/").content.decode()
    assert language.SWITCH not in html


def test_a_form_without_its_token_is_refused_in_the_patients_words(p, visit):
    client = Client(enforce_csrf_checks=True)
    by_link(p.patient, p.site, "readiness", client=client, subject_kind="clinic.appointment", subject_id=visit.pk)
    answer = client.post("/readiness/", {"coming": "yes"}, **ES)
    assert (answer.status_code, language_of(answer)) == (403, "es")


def test_the_door_speaks_the_language_of_the_record_and_keeps_what_is_chosen_there(p):
    link, token = factories.link(of=p.patient, at_site=p.site, purpose="packet")
    client = Client()
    door = client.get(reverse("clinic:link-open", args=[token])).headers.get("Location") or "/p/open/"
    prefer(p.patient, "es")
    assert language_of(client.get(door)) == "es"
    assert switch(client, "en", door).status_code == 303
    assert language_of(client.get(door)) == "en"
    client.post(door)
    typed = {"born_on_month": "5", "born_on_day": "14", "born_on_year": "1980"}
    assert Patient.objects.get(pk=p.patient.pk).language == "es"
    client.post("/p/", typed)
    assert Patient.objects.get(pk=p.patient.pk).language == "en"
    assert AuditEvent.objects.get(verb="patient.language-preferred").actor_kind == "patient"


# ---- switching loses nothing and does nothing else
def test_looking_never_writes_a_language(client, p):
    client.get("/readiness/", {language.SWITCH: "es"}, **ES)
    assert language.CHOSEN not in client.session
    assert Patient.objects.get(pk=p.patient.pk).language == ""


def test_switching_keeps_what_was_typed_and_judges_nothing(client):
    answer = switch(client, "es", coming="other", words="mornings only")
    html = answer.content.decode()
    assert (answer.status_code, language_of(answer)) == (200, "es")
    assert "mornings only" in html
    assert 'value="other" id="id_coming_1" checked' in html.replace('class="form-check-input" ', "")
    assert 'role="alert"' not in html
    assert not ReadinessAnswer.objects.exists()


def test_switching_a_complete_form_does_not_send_it(client, visit):
    switch(client, "es", coming="cancel", well="yes", ride="yes", new_medicines="no")
    assert not ReadinessAnswer.objects.exists()
    assert Appointment.objects.get(pk=visit.pk).state == "booked"


def test_a_page_that_sends_without_a_form_is_only_shown_again(p):
    client, _ = by_link(p.patient, p.site, "stop")
    answer = switch(client, "es", "/messages/?saved=1")
    assert answer.status_code == 200
    visits, _ = by_link(p.patient, p.site, "visits")
    answer = switch(visits, "es", "/my-visits/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/my-visits/")


def test_an_unknown_language_changes_nothing(client, p):
    switch(client, "xx")
    assert language_of(client.get("/readiness/")) == "en"
    assert Patient.objects.get(pk=p.patient.pk).language == ""


def test_the_same_again_leaves_one_trace(client, p):
    for code in ("es", "es", "en"):
        switch(client, code)
    assert AuditEvent.objects.filter(verb="patient.language-preferred").count() == 2
    assert Patient.objects.get(pk=p.patient.pk).version == p.patient.version + 2


def test_only_languages_we_speak_are_kept(p):
    from clinic.actions.languages import prefer_language

    with pytest.raises(Refused):
        prefer_language(patient=p.patient, code="xx", by=p.patient)


def test_views_that_keep_what_was_typed_are_for_patients_and_take_forms():
    kept = [path for path in matrix.paths(get_resolver()) if getattr(path.view, "keeps_typed", False)]
    assert {path.name for path in kept} >= {"followup:readiness", "followup:diary-entry", "intake:packet-page"}
    assert all(path.view.door.is_for_patients for path in kept)


# ---- what staff read
def test_staff_reads_english_with_the_patients_own_words_marked(client, p):
    prefer(p.patient, "es")
    client.post("/readiness/", {"coming": "other", "well": "no", "words": "solo por la mañana"})
    task = p.patient.tasks.get(kind="not_ready")
    assert task.title == ("Asks for another time. Does not feel well today. Writes in Spanish: “solo por la mañana”")
    assert ReadinessAnswer.objects.get().answers["language"] == "es"


# ---- dates
@pytest.mark.parametrize(
    ("code", "said"), [("en", "Tuesday 5 May at 8:00 am"), ("es", "martes 5 de mayo, 8:00 a.\u00a0m.")]
)
def test_a_moment_is_said_in_the_readers_language(code, said):
    with translation.override(code):
        assert words.patient_moment(dt.datetime(2026, 5, 5, 8, 0, tzinfo=dt.UTC)) == said


def test_the_boxes_of_a_date_stand_in_the_order_of_the_language(p):
    _, token = factories.link(of=p.patient, at_site=p.site, purpose="packet")
    client = Client()
    door = client.get(reverse("clinic:link-open", args=[token])).headers.get("Location") or "/p/open/"
    client.post(door)
    html = client.get("/p/", **ES).content.decode()
    assert html.index('name="born_on_day"') < html.index('name="born_on_month"') < html.index('name="born_on_year"')
    answer = client.post("/p/", {"born_on_day": "14", "born_on_month": "mayo", "born_on_year": "1980"}, **ES)
    assert answer.status_code == 303


# ---- what a patient says about their language
def test_the_language_a_patient_likes_best_is_kept_where_nobody_asked_before(p):
    from tests.intake.packets import submitted

    submitted(p, about_you={"language_best": "es"})
    assert Patient.objects.get(pk=p.patient.pk).language == "es"
