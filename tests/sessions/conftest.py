"""The people and the scene of the session tests, and the moments of an infusion that many tests begin at."""

import pytest

from tests.people import people, signed_in
from tests.sessions.scene import Scene
from tests.sessions.screens import full_board
from tests.standing import standing

everyone = standing(people)
scene = standing(Scene, on=everyone)
ready = standing(Scene.ready, on=scene)  # nothing is missing for the start
infusing = standing(Scene.running, on=scene)
board = standing(full_board, on=everyone, begun=42)
running = standing(Scene.running, on=scene, begun=40)  # it started half an hour ago


def as_prepared(scene):
    """The syringe waits for its second check."""
    scene.check_in()
    scene.answer()
    scene.weigh()
    scene.baseline()
    scene.line()
    scene.order()
    scene.draw()
    return scene


prepared = standing(as_prepared, on=scene, begun=20)


@pytest.fixture
def as_user(open_page, site_url):
    """A page of a browser in which this user is signed in."""

    def open_as(user, size="tablet", theme="light"):
        page = open_page(size)
        cookies = {"sessionid": signed_in(user).cookies["sessionid"].value, "theme": theme}
        page.context.add_cookies([{"name": n, "value": v, "url": site_url} for n, v in cookies.items()])
        return page

    return open_as
