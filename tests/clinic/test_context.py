"""The frame around a page: navigation by role, the look chosen, the banner by role, the error pages."""

import pytest
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.urls import include, path, reverse
from django.views.generic import RedirectView

from clinic.context import THEME_COOKIE, Shell, theme_of
from clinic.models import AllergyStatement, PatientAlert
from clinic.presenters.banner import banner
from clinic.refusal import Item
from tests.people import people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db


def _app(name, *paths):
    return path("", include(([path(there, RedirectView.as_view(), name=said) for said, there in paths], name)))


urlpatterns = [  # the paths of the bar alone, so that these tests say nothing about other pages
    _app("sessions", ("board", "board/")),
    _app("followup", ("schedule", "schedule/"), ("reports", "reports/")),
    _app("clinic", ("patient-list", "patients/"), ("task-list", "tasks/")),
]


@pytest.fixture
def bar_urls(settings):
    settings.ROOT_URLCONF = __name__


p = standing(people)


def request_of(user, site, there="/"):
    request = RequestFactory().get(there)
    request.user, request.site = user, site
    request.memberships = list(user.memberships.select_related("site"))
    request.roles = {m.role for m in request.memberships if m.site_id == site.pk}
    return request


def words_for(user, site):
    return [item.words for item in Shell(request_of(user, site)).items]


def test_each_role_is_led_to_its_own_pages(p, bar_urls):
    assert "Board" in words_for(p.nurse, p.site)
    assert "Reports" in words_for(p.prescriber, p.site)
    assert "Reports" not in words_for(p.front_desk, p.site)
    assert "Board" not in words_for(p.auditor, p.site)
    assert words_for(p.nurse, p.prairie) == []


def test_the_page_one_is_on_is_marked(p, bar_urls):
    here = [
        item.words for item in Shell(request_of(p.nurse, p.site, reverse("clinic:patient-list"))).items if item.here
    ]
    assert here == ["Patients"]


def test_tasks_are_counted_in_one_query_and_only_when_shown(p, bar_urls, django_assert_num_queries):
    shell = Shell(request_of(p.nurse, p.site))
    with django_assert_num_queries(1):
        counts = [item.count for item in shell.items if item.words == "Tasks"]
        assert counts == [shell.open_tasks] == [0]
    with django_assert_num_queries(0):
        assert shell.theme == ""


def test_a_page_that_does_not_exist_is_not_offered(p, settings):
    settings.ROOT_URLCONF = "allauth.urls"
    assert words_for(p.nurse, p.site) == []


@pytest.mark.parametrize(("cookie", "theme"), [("dim", "dim"), ("dark", "dark"), ("<script>", ""), ("", "")])
def test_only_known_looks_count(cookie, theme):
    request = RequestFactory().get("/")
    request.COOKIES[THEME_COOKIE] = cookie
    assert theme_of(request) == theme


def test_a_look_is_chosen_and_unchosen_without_a_script():
    client = signed_in()
    answer = client.post(reverse("clinic:theme-set"), {"theme": "dim", "next": "/accounts/login/"})
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/"
    assert answer.cookies[THEME_COOKIE].value == "dim"
    assert 'data-bs-theme="dim"' in client.get("/accounts/login/").content.decode()
    client.post(reverse("clinic:theme-set"), {"theme": ""})
    assert "data-bs-theme" not in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("there", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_the_way_back_stays_in_the_house(there):
    answer = signed_in().post(reverse("clinic:theme-set"), {"theme": "dark", "next": there})
    assert answer["Location"] == "/"


def test_reading_sets_no_look():
    assert signed_in().get(reverse("clinic:theme-set")).status_code == 405


def test_the_banner_shows_allergies_and_alerts_to_clinicians_only(p):
    now = p.patient.added_at
    AllergyStatement.objects.create(
        patient=p.patient, substance="Penicillin", reaction="rash", source="patient", said_at=now
    )
    PatientAlert.objects.create(patient=p.patient, kind="no_pressure", words="No pressure on the left arm", since=now)
    seen = banner(request_of(p.nurse, p.site), p.patient, tag_word="Chair", tag=2, strip=1)
    assert (seen.allergies, seen.alerts, seen.tag) == (["Penicillin (rash)"], ["No pressure on the left arm"], "2")
    kept = banner(request_of(p.front_desk, p.site), p.patient)
    assert (kept.withhold, kept.allergies, kept.alerts) == (True, [], [])


def test_none_known_and_not_asked_are_two_things(p):
    asked = request_of(p.nurse, p.site)
    assert banner(asked, p.patient).allergies == []
    AllergyStatement.objects.create(patient=p.patient, none_known=True, source="patient", said_at=p.patient.added_at)
    assert banner(asked, p.patient).allergies == ["None known"]


def test_demo_logins_show_only_where_settings_have_them(settings):
    settings.DEMO_LOGINS = ()
    assert "Demo clinic" not in signed_in().get("/accounts/login/").content.decode()
    settings.DEMO_LOGINS = [{"role": "Nurse", "email": "nurse@harbor.example", "password": "only-for-the-demo"}]
    assert "only-for-the-demo" in signed_in().get("/accounts/login/").content.decode()


def test_a_missing_page_says_so_in_our_words():
    answer = signed_in().get("/there-is-no-such-page/")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


def test_the_page_for_a_breakdown_needs_nothing_that_may_be_broken():
    text = get_template("500.html").template.source
    assert "{%" not in text
    assert "{{" not in text
    assert "Chart on paper" in text


@pytest.mark.parametrize("name", ["400", "403", "404", "409", "422", "429"])
def test_every_error_page_leads_on(name):
    html = render_to_string(
        f"{name}.html", {"items": [Item("x", "Chair 3 was taken", link="/there/")], "clinical": True}
    )
    assert "<h1>" in html
    assert 'class="btn btn-primary"' in html
    assert ("Chair 3 was taken" in html) == (name in {"409", "422"})


@pytest.mark.parametrize("name", ["mfa_index", "mfa_activate_totp", "account_change_password", "account_logout"])
def test_pages_of_the_account_are_in_our_look(p, name):
    answer = signed_in(p.nurse).get(reverse(name), follow=True)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert 'class="plain' in html
    assert "placeholder=" not in html
