"""ATK-10, -11, -32 and -33 in a real browser with a profile on a disk: what is left behind, who may frame a page."""

import http.server
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.urls import reverse

from sessions import actions
from tests import browser as browsers
from tests.attacks.test_atk_10 import MARK
from tests.factories.places import PASSWORD
from tests.people import people
from tests.sessions.scene import Scene

pytestmark = pytest.mark.browser

MARKER, SAID = "Quetzalcoatlus-Test", "Zanzibarland was dreamt of"
# Chromium itself keeps the titles of pages in its history: a clinic's tablet has that switched off (docs/offline.md).
HISTORY = ("History", "Sessions", "Session Storage", "Top Sites", "Favicons", "Network Action Predictor", "Shortcuts")
# Everything that is kept; of a store that the next page has opened anew, each row in it: an empty one holds nothing.
STORED = """async () => [
  ...Object.keys(localStorage), ...Object.keys(sessionStorage),
  ...(await Promise.all((await indexedDB.databases()).map(({ name }) => new Promise((told, failed) => {
    const asked = indexedDB.open(name);
    asked.onerror = () => failed(asked.error);
    asked.onsuccess = () => {
      const stores = [...asked.result.objectStoreNames], rows = [];
      if (!stores.length) return told(rows);
      const reading = asked.result.transaction(stores);
      for (const one of stores) {
        const keys = reading.objectStore(one).getAllKeys();
        keys.onsuccess = () => rows.push(...keys.result.map((key) => `${name} ${one} ${key}`));
      }
      reading.oncomplete = () => { asked.result.close(); told(rows); };
    };
  })))).flat(),
  ...(await caches.keys()).filter((one) => !one.startsWith("tideline-shell-")), document.cookie,
].filter(Boolean)"""
VIOLATED = """() => {
  window.__violated = [];
  addEventListener("securitypolicyviolation", (event) => window.__violated.push(event.violatedDirective));
}"""


@pytest.fixture
def everyone(live_db):
    found = people()
    found.patient.family_name, found.patient.preferred_name = MARKER, ""
    found.patient.save()
    return found


@pytest.fixture
def profile(browser, site_url, tmp_path):
    """Chromium with a profile on the disk, as on the clinic's tablet; and how to close it."""
    folder = tmp_path / "profile"
    driver = browser.browser_type
    made = driver.launch_persistent_context(
        str(folder), executable_path=browsers.chromium(), args=browsers.FLAGS, base_url=site_url,
        viewport=browsers.TABLET, has_touch=True,
    )  # fmt: skip
    open_still = [made]

    def close():
        while open_still:
            open_still.pop().close()
        return folder

    yield made, close
    close()


def signs_in(page, user):
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()


def signs_out(page):
    """The button of the menu, wherever it is folded away."""
    page.locator('form[action$="/accounts/logout/"]').first.evaluate("form => form.requestSubmit()")
    page.wait_for_url(lambda address: "/tasks/" not in address)
    page.wait_for_load_state("networkidle")


def on_disk(folder: Path, *words: str):
    """Files of the profile, but for the browser's own history, in which one of these words stands."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and not any(name in path.relative_to(folder).as_posix() for name in HISTORY):
            content = path.read_bytes()
            found += [str(path.relative_to(folder)) for word in words if word.encode() in content]
    return found


def test_atk_32_nothing_is_left_on_a_shared_tablet_after_sign_out(everyone, profile):
    scene = Scene(everyone).running()
    scene.do(actions.record_note, 20, text=SAID)
    context, close = profile
    page = context.pages[0]
    signs_in(page, everyone.nurse)
    seen = [
        reverse("followup:patient-show", args=[everyone.patient.pk]), reverse("clinic:patient-list"),
        reverse("sessions:session-show", args=[scene.session.pk]),
        reverse("sessions:record-show", args=[scene.session.pk]),
    ]  # fmt: skip
    for there in seen:
        page.goto(there)
        page.wait_for_load_state()
        assert MARKER.lower() in page.content().lower(), there
    page.goto("/tasks/")
    signs_out(page)
    assert page.evaluate(STORED) == []
    for _ in range(len(seen) + 2):  # the Back button, back and back again
        page.go_back()
        page.wait_for_load_state()
        assert MARKER.lower() not in page.content().lower(), page.url
        assert SAID not in page.content()
    for there in seen:
        page.goto(there)
        assert "/accounts/login/" in page.url
    cookies = {cookie["name"] for cookie in context.cookies()}
    assert cookies <= {"browser", "tablet", "csrftoken", "live", "theme"}, "no session; the ticket is burnt (ATK-27)"
    assert on_disk(close(), MARKER, MARKER.upper(), SAID) == []


@contextmanager
def elsewhere(markup):
    """Somebody else's page on another origin of this machine; yields its address."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            """Answer with the page."""
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(markup.encode())

        def log_message(self, *words):
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def test_atk_33_no_page_is_framed_and_none_is_held_by_its_opener(everyone, open_page, site_url):
    page = open_page("desktop")
    signs_in(page, everyone.nurse)
    inside = f'<iframe src="{site_url}/board/"></iframe><object data="{site_url}/accounts/login/"></object>'
    script = f'<script>window.held = open("{site_url}/accounts/login/");</script>'
    with elsewhere(inside + script) as there:
        with page.context.expect_page() as opened:
            page.goto(there)
        other = opened.value
        other.wait_for_load_state()
        framed = [frame.url for frame in page.frames[1:]]
        assert framed
        assert not [address for address in framed if address.startswith("http")], framed
        assert other.evaluate("window.opener") is None
        assert page.evaluate("held.closed"), "the opener has lost its hold"
        other.close()
    assert any("frame-ancestors" in words for words in open_page.violations)
    open_page.violations.clear()


def test_atk_33_a_foreign_page_posts_no_form_of_ours_and_reads_no_answer(everyone, open_page, site_url):
    page = open_page("desktop")
    signs_in(page, everyone.nurse)
    send = f"""async () => {{
      const read = [];
      for (const path of ["/board/", "/live/ticket/", "/patients/"]) {{
        const asked = fetch("{site_url}" + path, {{credentials: "include"}});
        read.push(await asked.then((answer) => answer.status).catch(() => "no"));
      }}
      return read;
    }}"""
    form = f'<form method="post" action="{site_url}/accounts/logout/"><button>x</button></form>'
    with elsewhere(form) as there:
        page.goto(there)
        assert page.evaluate(send) == ["no", "no", "no"]
        with page.expect_navigation() as gone:
            page.get_by_role("button").click()
        assert gone.value.status == 403
    page.goto(f"{site_url}/board/")
    assert "/accounts/login/" not in page.url, "still signed in"


def test_atk_11_what_an_address_says_never_runs_in_a_browser(everyone, open_page):
    page, heard = open_page("tablet"), []
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.add_init_script(f"({VIOLATED})()")
    signs_in(page, everyone.nurse)
    scene = Scene(everyone).running()
    word = "%22%27%3E%3Csvg%20onload%3Dalert(1)%3E%3Cimg%20src%3Dx%20onerror%3Dalert(2)%3E"
    assert MARK.startswith("\"'><svg onload=alert(1)>")
    for there in (
        f"/patients/?q={word}", f"/patients/find/?q={word}", f"/intake/?q={word}&show={word}", f"/tasks/?show={word}",
        f"/sessions/{scene.session.pk}/vitals/?at={word}", f"/sessions/{scene.session.pk}/?view={word}&all={word}",
        f"/board/?nurse={word}&room={word}", f"/schedule/?day={word}&chair={word}", f"/accounts/login/?next={word}",
        f"/accounts/login/?next=javascript:alert(1)#{word}",
    ):  # fmt: skip
        page.goto(there)
        page.wait_for_load_state()
        assert page.locator("svg[onload], img[onerror]").count() == 0, there
        assert page.evaluate("window.__violated") == [], there
    assert heard == []
