"""The alert route in the admin: made from the one in force, checked as a whole, kept as a version with its author."""

import pytest
from django.urls import reverse

from clinic.models import AlertRoute, AuditEvent, RouteStep
from clinic.queries.places import route_of
from clinic.rules import route
from tests.people import people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
ADD, LIST = "admin:clinic_alertroute_add", "admin:clinic_alertroute_changelist"


p = standing(people)


@pytest.fixture
def admin(p):
    return signed_in(p.clinic_admin)


def line(number, **fields):
    """One line of the form as typed."""
    blank = {"after_minutes": "0", "when": "always", "whom": "role", "role": "", "user": "", "name": "", "email": "",
             "phone": ""}  # fmt: skip
    return {f"steps-{number}-{name}": value for name, value in (blank | fields).items()}


def typed(p, *lines, **fields):
    """The whole form as typed."""
    counts = {"steps-TOTAL_FORMS": len(lines), "steps-INITIAL_FORMS": 0}
    form = {"site": p.site.pk, "repeat_minutes": "20", "note": "New on-call service"} | counts | fields
    for number, one in enumerate(lines):
        form |= line(number, **one)
    return form


def save(admin, p, *lines, **fields):
    return admin.post(reverse(ADD), typed(p, *lines, **fields))


NURSE = {"role": "nurse"}
NIGHT = {"when": "closed", "whom": "outside", "name": "Night service", "email": "night@tideline.example"}


def test_the_form_starts_from_what_is_in_force(p, admin):
    page = admin.get(reverse(ADD))
    shown = [form.initial for form in page.context["inline_admin_formsets"][0].formset.extra_forms if form.initial]
    given = [(row["after_minutes"], row["role"]) for row in shown if row.get("role")]
    assert given == [(step.after_minutes, step.role) for step in route.DEFAULT]
    save(admin, p, NURSE, NIGHT)
    page = admin.get(reverse(ADD))
    shown = [form.initial for form in page.context["inline_admin_formsets"][0].formset.extra_forms if form.initial]
    assert "Night service" in [row.get("name") for row in shown]


def test_a_route_is_saved_whole_with_author_and_date(p, admin):
    assert (
        save(admin, p, NURSE, NIGHT, {"after_minutes": "15", "whom": "user", "user": p.prescriber.pk}).status_code
        == 302
    )
    saved = AlertRoute.objects.get()
    assert (saved.site, saved.set_by, saved.repeat_minutes) == (p.site, p.clinic_admin, 20)
    assert [(s.after_minutes, s.when, s.role, s.name, s.user) for s in saved.steps.all()] == [
        (0, "always", "nurse", "", None),
        (0, "closed", "", "Night service", None),
        (15, "always", "", "", p.prescriber),
    ]
    assert AuditEvent.objects.filter(verb="alert_route.set", user=p.clinic_admin).count() == 1
    assert len(route_of(p.site)[0]) == 3


def test_the_lines_in_force_sent_back_unchanged_are_saved(p, admin):
    lines = [{"after_minutes": str(step.after_minutes), "role": step.role} for step in route.DEFAULT]
    assert save(admin, p, *lines).status_code == 302
    assert AlertRoute.objects.get().steps.count() == len(route.DEFAULT)


def test_a_change_is_a_new_version_and_the_old_one_stays(p, admin):
    save(admin, p, NURSE)
    save(admin, p, NURSE, NIGHT)
    assert AlertRoute.objects.count() == 2
    assert len(route_of(p.site)[0]) == 2
    first = AlertRoute.objects.order_by("set_at").first()
    there = reverse("admin:clinic_alertroute_change", args=[first.pk])
    page = admin.get(there)
    assert page.status_code == 200
    assert "Night service" not in page.content.decode()
    assert admin.post(there, typed(p, NIGHT)).status_code == 403
    assert admin.post(reverse("admin:clinic_alertroute_delete", args=[first.pk]), {"post": "yes"}).status_code == 403


WRONG = [
    ("nobody at once", [{"role": "nurse", "after_minutes": "5"}], "told at minute 0"),
    ("only a phone", [NURSE, NIGHT | {"email": "", "phone": "555 0100"}], "text messages are not set up"),
    ("the same twice", [NURSE, NURSE], "stands there twice"),
    ("no role", [NURSE, {"after_minutes": "10"}], "choose the role"),
    ("nothing at all", [], "told at minute 0"),
]


@pytest.mark.parametrize(("lines", "words"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_route_that_will_not_do_says_why_and_keeps_what_was_typed(p, admin, lines, words):
    answer = save(admin, p, *lines)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not AlertRoute.objects.exists()
    assert not RouteStep.objects.exists()
    assert "New on-call service" in answer.content.decode()


def test_a_colleague_of_another_site_is_no_choice(p, admin):
    answer = save(admin, p, NURSE, {"after_minutes": "9", "whom": "user", "user": p.stranger.pk})
    assert answer.status_code == 200
    assert not AlertRoute.objects.exists()


def test_another_sites_route_is_not_ones_to_set_or_see(p, admin):
    assert save(admin, p, NURSE, site=p.prairie.pk).status_code == 200
    assert not AlertRoute.objects.exists()
    save(signed_in(p.away["clinic_admin"]), p, NURSE, site=p.prairie.pk)
    theirs = AlertRoute.objects.get()
    assert admin.get(reverse("admin:clinic_alertroute_change", args=[theirs.pk])).status_code == 404
    assert str(theirs.pk) not in admin.get(reverse(LIST)).content.decode()


@pytest.mark.parametrize("role", ["nurse", "prescriber", "front_desk", "auditor"])
def test_only_a_clinic_admin_sets_it(p, role):
    answer = save(signed_in(p.by_role(role)), p, NURSE)
    assert answer.status_code == 403
    assert not AlertRoute.objects.exists()
