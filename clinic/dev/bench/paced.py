"""The posters: a process of its own that sends prepared requests at a steady pace, however long each one takes.

Reads one plan (JSON): ``{"host", "port", "lanes": [[{..., "at": seconds, "of": name}, ...], ...]}``; `at` counts from
the start of the run. Prints one JSON line: the starts by `of` on the machine's monotonic clock, milliseconds, errors.
"""

import http.client
import json
import sys
import threading
import time
from collections import defaultdict

MOST_LATE_SECONDS = 60  # then the machine is too full for this pace, and the run has no figures


def pace(plan):
    """Run all lanes; a lane that is late sends at once and the lateness is told. One that is a minute late ends."""
    results = [{"starts": [], "times": [], "errors": [], "late": 0.0} for _ in plan["lanes"]]
    begun = time.monotonic() + 0.3
    lanes = [
        threading.Thread(target=_lane, args=(plan["host"], plan["port"], requests, begun, result))
        for requests, result in zip(plan["lanes"], results, strict=True)
    ]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    starts = defaultdict(list)
    for of, start in sorted((s for result in results for s in result["starts"]), key=lambda pair: pair[1]):
        starts[of].append(start)
    return {
        "starts": starts,
        "times": [spent for result in results for spent in result["times"]],
        "errors": [error for result in results for error in result["errors"]],
        "late_ms": max(result["late"] for result in results) * 1000,
        "driver_cpu": time.process_time(),
    }


def _lane(host, port, requests, begun, result):
    connection = http.client.HTTPConnection(host, port, timeout=60)
    for request in requests:
        time.sleep(max(0, begun + request["at"] - time.monotonic()))
        start = time.monotonic()
        late = start - begun - request["at"]
        result["late"] = max(result["late"], late)
        if late > MOST_LATE_SECONDS:
            result["errors"].append(f"{request['tag']}: {late:.0f} s behind the pace")
            break
        connection.request(request["method"], request["path"], request.get("body"), request.get("headers", {}))
        answer = connection.getresponse()
        answer.read()
        result["starts"].append((request["of"], start))
        result["times"].append((time.monotonic() - start) * 1000)
        if answer.status != request["expect"]:
            result["errors"].append(f"{request['tag']}: {answer.status} instead of {request['expect']}")
            break
    connection.close()


if __name__ == "__main__":
    json.dump(pace(json.load(sys.stdin)), sys.stdout)
