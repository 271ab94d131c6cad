"""The clients of `bench booking`: a process of its own, a thread and a kept-alive connection a client.

Reads one plan (JSON) from standard input: ``{"host", "port", "csrf", "seconds", "hours": [[day, slot], ...],
"clients": [{"cookie", "path"}, ...]}``. Every client posts the same hours in the same order; refused with 409 it posts
one of the times offered on the page, at most three times, then goes on. Prints one JSON line.
"""

import html
import http.client
import json
import random
import re
import sys
import threading
import time
from urllib.parse import urlencode

OFFER = re.compile(r'name="slot" id="alt-\d+" value="([^"]+)"')
TRIES = 3
BUSY = "Somebody else is booking here right now"


class Client:
    """One browser at the front desk."""

    def __init__(self, plan, facts):
        self.plan, self.path = plan, facts["path"]
        self.connection = http.client.HTTPConnection(plan["host"], plan["port"], timeout=60)
        self.headers = {
            "Cookie": f"{facts['cookie']}; csrftoken={plan['csrf']}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://{plan['host']}:{plan['port']}",
        }
        self.booked_ms, self.refused_ms, self.errors = [], [], []
        self.offered = self.busy = 0

    def run(self, until):
        """Book hour after hour until the time is up."""
        for day, slot in self.plan["hours"]:
            if time.monotonic() >= until or self.errors:
                break
            self.book(day, slot, until)
        self.connection.close()

    def book(self, day, slot, until):
        """One hour: the chair everybody wants, else what is offered instead."""
        for _ in range(1 + TRIES):
            page = self.post(day, slot)
            offers = OFFER.findall(page) if page else []
            if not offers or time.monotonic() >= until:
                return
            slot = html.unescape(random.choice(offers))  # the patients of fifty desks prefer different ones

    def post(self, day, slot):
        """Send it; returns the page of a refusal, or "" when it is booked or went wrong."""
        body = urlencode({"slot": slot, "note": "", "csrfmiddlewaretoken": self.plan["csrf"]})
        begun = time.perf_counter()
        self.connection.request("POST", f"{self.path}&day={day}", body, self.headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        spent = (time.perf_counter() - begun) * 1000
        if answer.status == 302:
            self.booked_ms.append(spent)
            return ""
        if answer.status != 409:
            self.errors.append(f"{answer.status}: {' '.join(re.sub('<[^>]+>', ' ', page).split())[-300:]}")
            return ""
        self.refused_ms.append(spent)
        self.offered += bool(OFFER.search(page))
        self.busy += BUSY in page
        return page


def main():
    """Let all clients run at once and say what came of it."""
    plan = json.load(sys.stdin)
    clients = [Client(plan, facts) for facts in plan["clients"]]
    begun = time.monotonic()
    threads = [threading.Thread(target=client.run, args=(begun + plan["seconds"],)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said = {name: [spent for client in clients for spent in getattr(client, name)] for name in
            ("booked_ms", "refused_ms", "errors")}  # fmt: skip
    said |= {"booked": len(said["booked_ms"]), "refused": len(said["refused_ms"])}
    said |= {name: sum(getattr(client, name) for client in clients) for name in ("offered", "busy")}
    json.dump(said | {"seconds": time.monotonic() - begun, "driver_cpu": time.process_time()}, sys.stdout)


if __name__ == "__main__":
    main()
