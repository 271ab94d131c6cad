"""An emergency look in a real browser: the nurse opens one record by keyboard, the admin judges it, axe agrees."""

import os
from pathlib import Path

import pytest

from clinic.models import AccessReview, BreakGlass
from tests.accessible import report
from tests.journeys.person import Person
from tests.people import people

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("GLASS_SHOTS")


def shot(person, name):
    """A picture for the eye, where GLASS_SHOTS names a folder; every page is held to axe and to its width."""
    if SHOTS:
        person.page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
    assert report(person.page) == "", name
    assert person.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"


def test_onc_d6_a_nurse_looks_in_an_emergency_and_an_admin_judges_it(live_db, open_page):
    everyone = people()
    away = everyone.away_patient
    nurse = Person(open_page("tablet"), "nurse")
    nurse.signs_in(everyone.nurse, at="/break-glass/")
    nurse.sees("Emergency look at a record of another site")
    shot(nurse, "open-tablet")
    nurse.presses("Open this record, I take responsibility")
    nurse.sees("There is a problem", "Family name: fill this in")
    shot(nurse, "open-errors")
    nurse.types("Family name", away.family_name)
    nurse.types("First name", away.given_name)
    for box, value in (("Month", away.born_on.month), ("Day", away.born_on.day), ("Year", away.born_on.year)):
        nurse.types(box, str(value))
    nurse.chooses("Why now", "The patient is here, their record is at another site", exact=False)
    nurse.types("In your own words", "Came to our door and feels faint.")
    nurse.presses("Open this record, I take responsibility")
    nurse.sees("Emergency look: ELSEWHERE-TEST, Away", "to read only")
    shot(nurse, "record")
    for theme in ("dark", "dim"):
        nurse.page.context.add_cookies([{"name": "theme", "value": theme, "url": nurse.page.url}])
        nurse.page.reload()
        shot(nurse, f"record-{theme}")
    nurse.presses("End now")
    nurse.sees("Your emergency look is over")
    assert BreakGlass.objects.get().ending.why == "done"
    the_admin_judges(everyone, open_page)


def the_admin_judges(everyone, open_page):
    admin = Person(open_page("desktop"), "admin")
    admin.signs_in(everyone.clinic_admin, at="/access/reviews/")
    admin.sees("1 access waits for a review", "Nora Nurse")
    shot(admin, "reviews")
    admin.follows("Emergency look: Nora Nurse")
    admin.sees("Came to our door and feels faint.", "patient show")
    shot(admin, "review")
    admin.chooses("What came of it", "It was right")
    admin.types("What you found", "Spoke with her: the patient was faint.")
    admin.presses("Settle", exact=True)
    admin.sees("What came of it", "It was right")
    assert AccessReview.objects.get().state == "settled"
    admin.opens("/access/")
    admin.sees("people have access", "It is time to go through it")
    shot(admin, "people")
    admin.page.set_viewport_size({"width": 320, "height": 800})
    for address, name in (("/access/", "people-320"), ("/access/reviews/", "reviews-320")):
        admin.opens(address)
        shot(admin, name)
