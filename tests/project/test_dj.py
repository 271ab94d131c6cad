"""DJ-02 to DJ-10: Django's own switches, as a clinic needs them.

DJ-01 and DJ-11: test_settings.py; DJ-05: tests/attacks; DJ-08: tests/house/test_code.py.
"""

import logging
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from clinic import sign_in
from tests.house.code import modules, name
from tests.people import people, signed_in

# Who may write marked-up text that templates pass on as it is: our own drawings, whose texts are escaped one by one.
MARKS = {"clinic/templatetags/tideline.py": 2}


def views(resolver, namespace=""):
    """Every (namespace, pattern) of the product."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from views(entry, entry.namespace or namespace)
        else:
            yield namespace, entry


def test_dj_02_a_view_without_a_door_is_the_sign_ins_or_the_admins_own_and_listed():
    doorless = {entry.name or "" for space, entry in views(get_resolver()) if not _is_guarded(space, entry)}
    assert doorless <= set(sign_in.PAGES) | {"account_signup"} | _of_allauth()


def _is_guarded(space, entry):
    return space == "admin" or getattr(entry.callback, "door", None) is not None


def _of_allauth():
    """What allauth has and we don't open: the door middleware answers 404 (tests/house/test_matrix.py walks them)."""
    return {entry.name for _, entry in views(get_resolver()) if entry.callback.__module__.startswith("allauth.")}


def test_dj_03_a_sign_in_lasts_a_shift_at_most_and_ends_with_the_browser():
    assert settings.SESSION_COOKIE_AGE <= 13 * 3600, "the browser forgets it little later than the server does"
    assert settings.SESSION_ABSOLUTE_SECONDS <= 12 * 3600
    assert settings.SESSION_IDLE_SECONDS <= 30 * 60
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE is True
    assert "clinic.middleware.LifetimeMiddleware" in settings.MIDDLEWARE


def test_dj_04_a_letter_for_a_new_password_lives_an_hour_at_most():
    assert settings.PASSWORD_RESET_TIMEOUT <= 3600


@pytest.mark.django_db
def test_dj_06_a_form_of_a_thousand_fields_and_a_body_of_three_megabytes_are_refused():
    p = people()
    desk, path = signed_in(p.front_desk), reverse("clinic:patient-edit", args=[p.patient.pk])
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS <= 1000
    assert settings.DATA_UPLOAD_MAX_NUMBER_FILES <= 100
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE <= 2_621_440
    assert desk.post(path, {f"field{number}": "x" for number in range(1001)}).status_code == 400
    assert desk.post(path, {"family_name": "x" * 3_000_000}).status_code == 400
    files = {f"file{number}": SimpleUploadedFile(f"{number}.txt", b"x") for number in range(6)}
    assert desk.post(path, files).status_code == 400


def test_dj_07_what_is_uploaded_lies_where_no_address_leads():
    static = [Path(folder).resolve() for folder in settings.STATICFILES_DIRS]
    media = Path(settings.MEDIA_ROOT).resolve()
    assert not any(folder in [media, *media.parents] or media in folder.parents for folder in static)
    assert settings.MEDIA_URL in ("", "/")
    assert [str(entry.pattern) for _, entry in views(get_resolver()) if "media" in str(entry.pattern)] == []


def test_dj_09_marked_up_text_is_written_in_two_places_and_nowhere_else():
    words = ("mark_" + "safe(", "Raw" + "SQL(", ".ext" + "ra(", "Safe" + "String(")
    found = {name(path): sum(path.read_text(encoding="utf-8").count(word) for word in words) for path in modules()}
    assert {where: count for where, count in found.items() if count} == MARKS


def test_dj_10_no_error_goes_out_by_mail_and_no_handler_would_send_one():
    assert settings.ADMINS == []
    kinds = {handler["class"] for handler in settings.LOGGING["handlers"].values()}
    assert kinds == {"logging.StreamHandler"}
    assert not any("AdminEmail" in type(handler).__name__ for handler in logging.getLogger("django").handlers)
    assert "clinic.project.logs.DiscreetFilter" in str(settings.LOGGING["filters"])
