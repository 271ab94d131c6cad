"""The end of a day in a real browser: what is left is wasted before a witness, everything counted, the day closed."""

import pytest

from sessions.models import DayClose, LedgerEntry
from tests.accessible import Axe
from tests.factories.places import PASSWORD
from tests.people import people, signed_in
from tests.sessions.scene import Scene
from tests.sessions.screens import begin, in_the_afternoon, url

pytestmark = pytest.mark.browser


def looked_at(page):
    """No violation on this page, and nothing wider than the screen."""
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def witnessed(page, user):
    """The witness signs by e-mail and password."""
    page.get_by_label("Witness, e-mail").fill(user.email)
    page.get_by_label("Witness, password").fill(PASSWORD)


def test_waste_count_and_close_the_day(live_db, open_page, site_url, monkeypatch):
    everyone = people()
    in_the_afternoon(everyone.harbor)
    begin(monkeypatch, 230)
    scene = Scene(everyone).running()
    scene.stop(50)
    scene.observed()
    scene.discharge()
    page = open_page("tablet")
    cookie = signed_in(everyone.nurse).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site_url}])
    page.goto(url("preparation-waste", scene.session, scene.preparation.pk))
    assert page.get_by_label("Wasted out of the syringe or bag").input_value() == "15"
    looked_at(page)
    page.get_by_label("Why").fill("Left in the syringe")
    witnessed(page, everyone.colleague)
    page.get_by_role("button", name="Record the waste").click()
    page.get_by_text("Waste recorded.").wait_for()
    assert LedgerEntry.objects.filter(kind="wasted", witness=everyone.colleague).count() == 1
    page.goto("/vials/count/")
    looked_at(page)
    page.get_by_label(f"{scene.container.code}: counted").fill("450")
    witnessed(page, everyone.colleague)
    page.get_by_role("button", name="Record the count").click()
    page.get_by_role("heading", name="Every mg is accounted for").wait_for()
    looked_at(page)
    page.goto(f"/days/{scene.session.checked_in_at.astimezone(scene.site.zone).date()}/")
    looked_at(page)
    page.get_by_label("why it is not signed yet").fill("The prescriber signs tomorrow")
    page.get_by_role("button", name="Close the day").click()
    page.get_by_role("heading", name="is closed").wait_for()
    assert DayClose.objects.get().by == everyone.nurse
