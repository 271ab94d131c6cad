"""Live pages in a browser: what the stream names is fetched; without a stream the page says so and looks again."""

import json

import pytest

pytestmark = pytest.mark.browser

TICKET = {"stream": "/live/stream/", "renew": "/live/renew/", "every_seconds": 8}
PAGE = """<!doctype html><html lang="en"><head><title>x</title>
<meta name="htmx-config" content='{"includeIndicatorStyles":false,"allowEval":false}'>
<script src="/static/vendor/htmx/htmx.min.js" defer></script><script src="/static/js/live.js" defer></script></head>
<body><p role="status" data-here="/here/ticket/" hidden></p><textarea aria-label="Note"></textarea>
<p data-live-state data-zone="America/New_York"></p>
<div id="row" data-live="session:s1" data-version="41" hx-get="/row/" hx-trigger="tl:live" hx-swap="outerHTML">old</div>
<div id="other" data-live="session:s2" hx-get="/other/" hx-trigger="tl:live">other</div></body></html>"""
NEW_ROW = '<div id="row" data-live="session:s1" data-version="42">new</div>'


def change(ident, version):
    return f"event: change\ndata: {json.dumps({'topic': 'session', 'id': ident, 'version': version})}\n\n"


@pytest.fixture
def live_page(page):
    """The page with a stream that says `events` once and then hangs up; `asked` collects the requests for fragments."""

    def opened(*, events="", ticket_status=200, row_status=200):
        asked = []

        def row(route):
            asked.append(route.request)
            route.fulfill(status=row_status, content_type="text/html", body=NEW_ROW if row_status == 200 else "")

        page.route("**/live-page/", lambda route: route.fulfill(content_type="text/html", body=PAGE))
        page.route("**/live/ticket/", lambda route: route.fulfill(status=ticket_status, json=TICKET))
        body = f"event: hello\ndata: {{}}\n\n{events}"
        page.route("**/live/stream/", lambda route: route.fulfill(content_type="text/event-stream", body=body))
        page.route("**/row/", row)
        page.route("**/other/", lambda route: route.fulfill(status=204))
        page.goto("/live-page/")
        return asked

    return opened


def test_what_the_stream_names_is_fetched_with_its_version(page, live_page):
    asked = live_page(events=change("s1", 42))
    page.wait_for_selector("#row:text('new')")
    assert len(asked) == 1
    assert asked[0].headers["if-none-match"] == '"41"'
    assert page.locator("#other").inner_text() == "other"


def test_news_that_the_page_already_has_is_not_fetched(page, live_page):
    asked = live_page(events=change("s1", 41) + change("s3", 7))
    page.wait_for_timeout(1500)
    assert asked == []


def test_many_changes_are_fetched_once_a_second(page, live_page):
    asked = live_page(events="".join(change("s1", 42 + n) for n in range(30)), row_status=304)
    page.wait_for_timeout(1500)
    assert len(asked) == 1


def test_p_7_without_a_stream_the_page_says_so_and_looks_again(page, live_page):
    asked = live_page(ticket_status=503)
    page.wait_for_selector("[data-live-state]:text('looks again every 5 seconds')")
    page.wait_for_selector("#row:text('new')", timeout=9000)
    assert len(asked) == 1


def test_p_7_no_answer_is_said_with_its_time(page, live_page):
    live_page(events=change("s1", 42), row_status=500)
    page.wait_for_selector("[data-live-state]:text('What you see may be old')")
    assert page.locator("#row").inner_text() == "old"


def test_rel_14_who_else_is_here_is_said_in_words_and_typing_is_told_at_once(page, live_page):
    asked = []

    def here_ticket(route):
        asked.append(route.request.url.partition("?")[2])
        route.fulfill(json=TICKET)

    page.route("**/here/ticket/**", here_ticket)
    page.route("**/live/renew/", lambda route: route.fulfill(status=204))
    people = [{"name": "Ana <b>Ruiz</b>, RN", "writes": True}, {"name": "Ben Cho", "writes": False}]
    live_page(events=f"event: here\ndata: {json.dumps({'people': people})}\n\n")
    page.wait_for_selector("[data-here]:text('Also here: Ana <b>Ruiz</b>, RN (writing now), Ben Cho')")
    assert set(asked) == {""}
    with page.expect_request("**/here/ticket/?writes=1", timeout=9000):
        page.get_by_label("Note").press_sequentially("calm")
    page.unroute("**/here/ticket/**")
    for address in ("**/here/ticket/**", "**/live/ticket/"):
        page.route(address, lambda route: route.fulfill(status=503))
    page.wait_for_selector("[data-here]", state="hidden")
