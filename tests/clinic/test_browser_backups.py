"""The pages about copies and kept records in a browser: nothing for axe to find, no sideways scroll on a phone."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from clinic import clock
from clinic.actions import backups
from clinic.actions.space import note_space
from clinic.rules.space import Reading
from tests.accessible import in_every_theme
from tests.people import people

pytestmark = pytest.mark.browser


def cookie_of(user, address):
    client = Client()
    client.force_login(user)
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key, "url": address}


def test_copies_and_kept_records_read_well(open_page, site_url):
    p, now = people(), clock.now()
    backups.note_run(kind="base", name="base-20260513T023000Z", started_at=now - timedelta(minutes=4), outcome="ok",
                     size=3 << 30, at=now - timedelta(minutes=1))  # fmt: skip
    backups.note_run(kind="restore", name="base-20260513T023000Z", started_at=now, outcome="failed",
                     words="Against the copy: Table clinic_patient: 300 rows then, 299 now.")  # fmt: skip
    note_space(readings=[Reading("database", 92, 100)])
    for size in ("phone", "desktop"):
        page = open_page(size)
        page.context.add_cookies([cookie_of(p.clinic_admin, site_url)])
        for path in ("/health/backups/", "/kept/", "/health/"):
            page.goto(path)
            assert page.locator("text=The server is short of space").is_visible()
            assert in_every_theme(page) == {}
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
