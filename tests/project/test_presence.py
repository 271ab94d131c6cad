"""REL-14: who has the same session open, told over the stream, and gone with the page."""

import asyncio
import time

import pytest

from clinic import live
from clinic.project.presence import Company, Here
from clinic.project.streams import Watcher
from tests.project.test_live import SITE, Browser, told

SESSION, OTHER = "session-1", "session-2"


@pytest.fixture(autouse=True)
def stream_settings(redis_url, settings):
    settings.PAGES_ORIGIN = "http://pages.example"


def ticket(user, place=SESSION, *, writes=False, session="s1"):
    here = live.place(ident=place, name=f"{user.title()}, RN", writes=writes) if place else None
    return live.ticket(user_id=user, site_id=SITE, session_key=session, now=time.time(), here=here)


def heard(browser):
    """What this page was told of its company, in order: (name, writes) of each list."""
    return [
        [(one["name"], one["writes"]) for one in data["people"]] for name, _, data in browser.events() if name == "here"
    ]


def test_rel_14_two_people_in_one_session_hear_of_each_other_and_nobody_else_does():
    async def story(application):
        ana = Browser(application, ticket("ana")).open()
        board = Browser(application, ticket("cleo", "")).open()
        elsewhere = Browser(application, ticket("dora", OTHER)).open()
        for browser in (ana, board, elsewhere):
            await browser.until("hello")
        ben = Browser(application, ticket("ben")).open()
        await ben.until("event: here")
        await ana.until("event: here")
        assert (heard(ana), heard(ben)) == ([[("Ben, RN", False)]], [[("Ana, RN", False)]])
        await ben.close()
        await ana.until('"people": []')
        assert heard(ana) == [[("Ben, RN", False)], []]
        assert (heard(board), heard(elsewhere)) == ([], [])
        for browser in (ana, board, elsewhere):
            await browser.close()
        assert application.streams.company.places == {}

    told(story)


def test_rel_14_that_somebody_writes_is_told_with_the_renewal_and_ends_with_the_next():
    async def story(application):
        ana, ben = (Browser(application, ticket(user)).open() for user in ("ana", "ben"))
        await ana.until("Ben, RN")
        for writes in (True, True, False):
            renewal = Browser(application, ticket("ben", writes=writes)).open("/live/renew/", "POST")
            await renewal.task
            assert renewal.status == 204
        await asyncio.sleep(0.1)
        assert heard(ana) == [[("Ben, RN", False)], [("Ben, RN", True)], [("Ben, RN", False)]]
        assert heard(ben) == [[("Ana, RN", False)]]
        await ana.close()
        await ben.close()

    told(story)


def watcher(user, place=SESSION, until=100.0):
    return Watcher("h" + user, user, SITE, until, here=Here(place) if place else None)


def said(user, place=SESSION, until=100.0):
    return {"p": live.place(ident=place, name=user, writes=False), "e": until}


def test_rel_14_who_is_not_heard_of_is_gone_though_the_stream_stays():
    company, ana, ben = Company(), watcher("ana"), watcher("ben")
    company.sit(ana, said("ana", until=20))
    company.sit(ben, said("ben", until=15))
    company.look(14.9)
    assert company.places == {SESSION: {ana, ben}}
    company.look(15)
    assert company.places == {SESSION: {ana}}
    assert b'"people": []' in ana.waiting[-1]
    company.sit(ben, said("ben", until=30))
    assert b"ben" in ana.waiting[-1]


def test_rel_14_a_ticket_of_another_page_of_the_browser_moves_nobody():
    company, board, ana = Company(), watcher("ana", ""), watcher("ana")
    for page in (board, ana):
        company.sit(page, said("ana", OTHER))
        company.sit(page, {"e": 50.0})
    assert company.places == {}
    company.rise(board)
    company.rise(ana)
    assert ana.waiting == []


def test_rel_14_nobody_hears_of_themselves_and_one_person_at_two_tablets_is_one():
    company, tablet, desk, ben = Company(), watcher("ana"), watcher("ana"), watcher("ben")
    company.sit(tablet, said("ana"))
    company.sit(desk, said("ana"))
    assert (tablet.waiting, desk.waiting) == ([], [])
    company.sit(ben, said("ben"))
    assert ben.waiting == [b'event: here\ndata: {"people": [{"name": "ana", "writes": false}]}\n\n']
    company.rise(desk)
    assert len(ben.waiting) == 1


def test_a_name_with_a_line_break_makes_no_event_of_its_own():
    company, ana, ben = Company(), watcher("ana"), watcher("ben")
    company.sit(ana, said("x\n\nevent: reload\ndata: {}"))
    company.sit(ben, said("ben"))
    assert ben.waiting[-1].count(b"\n\n") == 1
