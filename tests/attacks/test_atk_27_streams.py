"""ATK-27: the live stream from an evil origin, without a session or role, after sign-out, on a guessed channel.

The pages give the ticket, the stream process holds the stream: both are asked here, with a real Redis between them.
"""

import asyncio
import time

import pytest

from clinic import live
from clinic.actions.staff import end_role
from clinic.actions.walls import revoke_wall
from tests.clinic.test_walls import browser as wall_browser
from tests.clinic.test_walls import screen
from tests.people import people, signed_in
from tests.project.test_live import Browser, told

SECONDS = 5
PAGES = "http://pages.example"


@pytest.fixture
def everyone(live_db, redis_url, settings):
    settings.PAGES_ORIGIN = PAGES
    return people()


def ticket_of(client):
    return client.get("/live/ticket/").cookies["live"].value


def opened(cookie, then=None, **headers):
    """(status, seconds until it was closed or None) of a stream with this ticket; `then` runs while it is open."""
    found = []

    async def story(application):
        watcher = Browser(application, cookie, **headers).open()
        async with asyncio.timeout(SECONDS):
            while watcher.status is None:
                await asyncio.sleep(0.01)
        if watcher.status == 200 and then:
            await watcher.until("hello")
            begun = time.monotonic()
            await asyncio.to_thread(then)
            await asyncio.wait_for(watcher.task, SECONDS)
            found.extend((200, time.monotonic() - begun))
        else:
            found.extend((watcher.status, None))
            await watcher.close()

    told(story)
    return tuple(found)


def test_atk_27_an_evil_origin_is_refused_with_a_good_ticket(everyone):
    cookie = ticket_of(signed_in(everyone.nurse))
    assert opened(cookie, origin=PAGES)[0] == 200
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"{PAGES}.evil.example"},
        {"sec_fetch_site": "cross-site"},
    ):
        assert opened(cookie, **headers)[0] == 403, headers


def test_atk_27_without_a_session_there_is_no_ticket_and_no_stream(everyone):
    answer = signed_in().get("/live/ticket/")
    assert (answer.status_code, "live" in answer.cookies) == (302, False)
    assert opened("")[0] == 403
    assert opened("eyJoIjoieCJ9:forged:ticket")[0] == 403


def test_atk_27_sign_out_closes_the_stream_and_burns_the_ticket(everyone):
    client = signed_in(everyone.nurse)
    cookie = ticket_of(client)
    status, seconds = opened(cookie, then=lambda: client.post("/accounts/logout/"))
    assert status == 200
    assert seconds < SECONDS
    assert opened(cookie)[0] == 403
    assert client.get("/live/ticket/").status_code == 302


def test_atk_27_a_role_that_ends_closes_the_stream(everyone):
    client, membership = signed_in(everyone.nurse), everyone.nurse.memberships.get()
    cookie = ticket_of(client)
    status, seconds = opened(cookie, then=lambda: end_role(membership=membership, by=everyone.clinic_admin))
    assert (status, seconds < SECONDS) == (200, True)
    assert opened(cookie)[0] == 403
    assert client.get("/live/ticket/").status_code == 403


def test_atk_27_a_revoked_screen_is_cut_off(everyone):
    made, secret = screen(everyone.clinic_admin, everyone.harbor)
    client = wall_browser(secret)
    cookie = client.post("/wall/ticket/").cookies["live"].value
    status, seconds = opened(cookie, then=lambda: revoke_wall(screen=made, by=everyone.nurse))
    assert (status, seconds < SECONDS) == (200, True)
    assert opened(cookie)[0] == 403
    assert client.post("/wall/ticket/").status_code == 401


def test_atk_27_a_channel_cannot_be_guessed_or_asked_for(everyone):
    client = signed_in(everyone.stranger)
    cookie = ticket_of(client)
    heard = []

    async def story(application):
        watcher = Browser(application, cookie).open(query=f"site={everyone.harbor.pk}&s={everyone.harbor.pk}")
        await watcher.until("hello")
        await asyncio.to_thread(live.announce, everyone.harbor.pk, "session", "secret", 1)
        await asyncio.to_thread(live.announce, everyone.prairie.pk, "session", "own", 1)
        heard.append(await watcher.until("own"))
        await watcher.close()
        for path in (f"/live/stream/{everyone.harbor.pk}/", "/live/", "/live/stream"):
            other = Browser(application, cookie).open(path)
            await other.task
            assert other.status == 404

    told(story)
    assert "secret" not in heard[0]


def test_atk_27_a_stream_that_nobody_renews_ends_by_itself(everyone):
    short = live.ticket(
        user_id="u", site_id=everyone.harbor.pk, session_key="s", now=time.time() - live.TICKET_SECONDS + 1
    )
    status, seconds = opened(short, then=lambda: None)
    assert (status, seconds < SECONDS) == (200, True)
