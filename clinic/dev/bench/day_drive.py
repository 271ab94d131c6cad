"""The driver of `bench day`: a process of its own that plays a whole clinic's people, screens and monitors over HTTP.

Reads one plan (JSON, one line): ``{"host", "port", "stream_port", "monitor_port", "origin", "every", "warm", "seconds",
"csrf", "people": [cookie, ...], "screens": [{"cookie", "path"}], "deeds": [{"at", "who", "walk", ...}], "monitors":
[[[at, text], ...], ...]}``; `at` counts in seconds from the start. A deed begins at its moment whatever the others do;
a person does one thing at a time. Prints one JSON line: [tag, start, milliseconds] of every request, what was done and
acknowledged, errors, how late deeds began, the processor seconds taken here.
"""

import asyncio
import json
import sys
import time

from clinic.dev.bench import day_walks
from clinic.dev.bench.day_screens import Screen
from clinic.dev.bench.line import Line
from clinic.dev.bench.watch import Lines

START, CARRIAGE = b"\x0b", b"\x1c\r"
SCREENS_AT_ONCE, MOST_ERRORS = 10, 40


class Drive:
    """One run."""

    def __init__(self, plan):
        self.plan, self.times, self.errors, self.done, self.late = plan, [], [], {}, []
        self.people = [Person(self, cookie) for cookie in plan["people"]]
        self.screens = [Screen(plan, facts, self.ask) for facts in plan["screens"]]
        for screen in self.screens:
            screen.line, screen.busy = Line(plan["host"], plan["port"]), asyncio.Lock()
        self.begun = 0.0

    async def ask(self, browser, tag, method, path, *, headers=None, body=b"", expect=(200,), etag=False):
        """One request of a browser, timed and held against what is expected; its page, or its ETag if asked."""
        said = {"Cookie": f"{browser.cookie}; csrftoken={self.plan['csrf']}"} | (headers or {})
        async with browser.busy:
            begun = time.monotonic()
            status, head, page = await browser.line.ask(method, path, said, body)
            self.times.append((tag, begun - self.begun, (time.monotonic() - begun) * 1000))
        if status not in expect:
            self.fault(f"{tag}: {method} {path.partition('?')[0]} answered {status}", page.decode(errors="replace"))
        return _tag_of(head) if etag else day_walks.Answer(status, head, page.decode(errors="replace"))

    def fault(self, words, page=""):
        """Note an error, with what the page itself complains of."""
        said = day_walks.complaints(page) if page else ""
        self.errors.append(f"{words} {said}".strip())
        if len(self.errors) > MOST_ERRORS:
            raise RuntimeError(f"Too many errors, the last: {self.errors[-1]}")

    async def run(self):
        """Open the screens, then let the day go by."""
        plan, lines = self.plan, Lines(self.plan)
        for first in range(0, len(self.screens), SCREENS_AT_ONCE):
            await asyncio.gather(*(screen.open(lines) for screen in self.screens[first : first + SCREENS_AT_ONCE]))
        self.times.clear()
        self.begun = time.monotonic()
        tasks = [asyncio.create_task(screen.keep_looking()) for screen in self.screens]
        tasks += [screen.keeping for screen in self.screens]
        monitors = [asyncio.create_task(self.monitor(messages)) for messages in plan["monitors"]]
        print("ready", flush=True)
        await asyncio.gather(*(self.deed(one) for one in plan["deeds"]), *monitors)
        await asyncio.sleep(max(0, self.begun + plan["warm"] + plan["seconds"] - time.monotonic()))
        self._end(tasks)
        await asyncio.gather(*(_hang_up(browser.line.writer) for browser in (*self.people, *self.screens)))
        return self.report()

    def _end(self, tasks):
        for task in tasks:
            if task.done() and task.exception():
                self.errors.append(f"screens: {task.exception()}")
            task.cancel()
        if any(screen.stream.over.is_set() for screen in self.screens):
            self.errors.append("screens: a stream ended while it was watched")

    async def deed(self, one):
        """One deed at its moment; one that goes wrong is an error of the run."""
        await asyncio.sleep(max(0, self.begun + one["at"] - time.monotonic()))
        person = self.people[one["who"]]
        async with person.hands:
            self.late.append(max(0.0, time.monotonic() - self.begun - one["at"]))
            try:
                await day_walks.WALKS[one["walk"]](person, one)
            except (OSError, LookupError, day_walks.WentWrong) as problem:
                self.fault(f"{one['walk']}: {problem}")

    async def monitor(self, messages):
        """One bedside monitor: message after message at its moment, each acknowledged before the next."""
        reader, writer = await asyncio.open_connection(self.plan["host"], self.plan["monitor_port"])
        for at, text in messages:
            await asyncio.sleep(max(0, self.begun + at - time.monotonic()))
            begun = time.monotonic()
            writer.write(START + text.encode() + CARRIAGE)
            answer = await reader.readuntil(CARRIAGE)
            self.times.append(("monitor", begun - self.begun, (time.monotonic() - begun) * 1000))
            if b"MSA|AA|" in answer or b"MSA|CA|" in answer:
                self.count("monitor")
            else:
                self.fault(f"monitor: answered {answer[:200]!r}")
        await _hang_up(writer)

    def count(self, what):
        """Something was acknowledged."""
        self.done[what] = self.done.get(what, 0) + 1

    def report(self):
        """What the parent reads."""
        return {
            "times": [[tag, round(at, 3), round(spent, 3)] for tag, at, spent in self.times],
            "errors": self.errors,
            "done": self.done,
            "reopened": sum(screen.reopened for screen in self.screens),
            "late_ms": [round(spent * 1000, 1) for spent in self.late],
            "seconds": time.monotonic() - self.begun,
            "driver_cpu": time.process_time(),
        }


class Person:
    """One browser of one person, who does one thing at a time."""

    def __init__(self, drive, cookie):
        self.drive, self.cookie = drive, cookie
        self.line, self.busy, self.hands = Line(drive.plan["host"], drive.plan["port"]), asyncio.Lock(), asyncio.Lock()

    async def get(self, tag, path, **more):
        """Open a page."""
        return await self.drive.ask(self, tag, "GET", path, **more)

    async def post(self, tag, path, body, expect=(302,)):
        """Send a form."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.drive.plan["origin"]}
        return await self.drive.ask(self, tag, "POST", path, headers=headers, body=body.encode(), expect=expect)


async def _hang_up(writer):
    if writer is not None:
        writer.close()
        await asyncio.wait([asyncio.ensure_future(writer.wait_closed())], timeout=2)


def _tag_of(head):
    found = [line[5:].strip() for line in head.split("\r\n") if line.lower().startswith("etag:")]
    return found[0] if found else ""


if __name__ == "__main__":
    json.dump(asyncio.run(Drive(json.loads(sys.stdin.readline())).run()), sys.stdout)
