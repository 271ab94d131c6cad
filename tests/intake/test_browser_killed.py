"""The browser dies in the middle of a page (SIGKILL): at most the last two seconds of typing are lost."""

import os
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from intake.models import PageAnswers
from tests import browser as browsers
from tests.intake.packets import invited
from tests.people import by_link, people

LOST_AT_MOST = 2.0  # seconds
PORT_FILE = "DevToolsActivePort"


@contextmanager
def chromium_of_its_own(folder: Path):
    """A Chromium process of this test's own; yields (the process, its address for a driver)."""
    command = [browsers.chromium(), *browsers.FLAGS, f"--user-data-dir={folder}", "--remote-debugging-port=0"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([*command, "about:blank"], start_new_session=True, **quiet)
    try:
        yield process, f"http://127.0.0.1:{_port(folder / PORT_FILE)}"
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def _port(file: Path, patience: float = 30.0) -> str:
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        lines = file.read_text(encoding="ascii").split() if file.exists() else []
        if lines:
            return lines[0]
        time.sleep(0.05)
    raise TimeoutError("Chromium has not said where it listens.")


def _in_the_packet(site_url):
    everyone = people()
    packet = invited(everyone)
    client, _ = by_link(everyone.patient, everyone.site, "packet", subject_kind="intake.packet", subject_id=packet.pk)
    return packet, {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site_url}, client


def test_rel_12_a_killed_browser_loses_at_most_two_seconds(browser, site_url, tmp_path):
    packet, cookie, client = _in_the_packet(site_url)
    typed = []
    with chromium_of_its_own(tmp_path) as (process, address):
        driven = browser.browser_type.connect_over_cdp(address)
        page = driven.contexts[0].new_page()
        page.context.add_cookies([cookie])
        page.goto(f"{site_url}/packet/goals/")
        page.locator("[name=goal_first]").click()
        for number in range(60):
            word = f"w{number} "
            page.keyboard.type(word)
            typed.append((time.monotonic(), word))
            page.wait_for_timeout(80)
        killed = time.monotonic()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
    kept = PageAnswers.objects.get(packet=packet, slug="goals").draft["goal_first"]
    must = "".join(word for at, word in typed if at < killed - LOST_AT_MOST)
    assert len(must.split()) > 10, "too little was typed for the test to say anything"
    assert kept.startswith(must), f"kept only {kept!r} of {must!r}"
    again = client.get("/packet/goals/").content.decode()
    assert kept.strip() in again
