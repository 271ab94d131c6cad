"""The driver: a process of its own that sends prepared requests over kept-alive connections and times each.

Reads one plan (JSON) from standard input: ``{"host", "port", "lanes": [[request, ...], ...]}``, a request being
``{"tag", "method", "path", "headers", "body", "expect"}``; with ``"then": status`` an answer that leads elsewhere is
followed as a browser follows it, within the same time, to an answer of that status. Each lane is one connection, its
requests go one after the other. Prints one JSON line: milliseconds by tag, errors, the driver's own processor seconds.
"""

import json
import re
import socket
import sys
import threading
import time
from contextlib import closing

HEAD_ENDS, LAST_CHUNK = b"\r\n\r\n", b"0\r\n\r\n"
LENGTH = re.compile(rb"\ncontent-length: *(\d+)")
LEADS = re.compile(rb"(?i)\nlocation: *([^\r]+)")


def drive(plan):
    """Run all lanes at once; returns the result as a dictionary."""
    results = [{"times": [], "errors": []} for _ in plan["lanes"]]
    lanes = [
        threading.Thread(target=_whole_lane, args=(plan["host"], plan["port"], requests, result))
        for requests, result in zip(plan["lanes"], results, strict=True)
    ]
    begun = time.perf_counter()
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    seconds = time.perf_counter() - begun
    times = {}
    for tag, spent in (pair for result in results for pair in result["times"]):
        times.setdefault(tag, []).append(spent)
    errors = [error for result in results for error in result["errors"]]
    return {"times": times, "errors": errors, "seconds": seconds, "driver_cpu": time.process_time()}


def _whole_lane(host, port, requests, result):
    """A lane that breaks off is an error of the run, not a shorter lane."""
    try:
        _lane(host, port, requests, result)
    except OSError as problem:
        result["errors"].append(f"{requests[0]['tag']}: {problem!r}")


def _lane(host, port, requests, result):
    words = [_words(request, host, port) for request in requests]  # before the clock runs: the driver shares the cores
    with closing(socket.create_connection((host, port), timeout=60)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for request, said in zip(requests, words, strict=True):
            begun = time.perf_counter()
            connection.sendall(said)
            status, there = _answer(connection)
            expect = request["expect"]
            if status == expect and request.get("then"):
                connection.sendall(_words(request | {"method": "GET", "path": there, "body": None}, host, port))
                (status, _), expect = _answer(connection), request["then"]
            result["times"].append((request["tag"], (time.perf_counter() - begun) * 1000))
            if status != expect:
                result["errors"].append(f"{request['tag']}: {status} instead of {expect}")
                return


def _words(request, host, port):
    """The request as it goes over the wire."""
    body = (request.get("body") or "").encode()
    headers = {"Host": f"{host}:{port}"} | request.get("headers", {})
    if body or request["method"] != "GET":
        headers["Content-Length"] = len(body)
    lines = [
        f"{request['method']} {request['path']} HTTP/1.1",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def _answer(connection):
    """Read one whole answer, so that the next one begins where it ends; returns its status and where it leads to."""
    got = b""
    while (end := got.find(HEAD_ENDS)) < 0:
        got += _more(connection)
    head, body = got[:end].lower(), got[end + len(HEAD_ENDS) :]
    there = LEADS.search(got, 0, end)
    if length := LENGTH.search(head):
        missing = int(length[1]) - len(body)
        while missing > 0:
            missing -= len(_more(connection))
    elif b"transfer-encoding: chunked" in head:
        while not body.endswith(LAST_CHUNK):
            body = body[-len(LAST_CHUNK) :] + _more(connection)
    return int(head.split(None, 2)[1]), there[1].decode() if there else ""


def _more(connection):
    got = connection.recv(1 << 16)
    if not got:
        raise ConnectionError("The server closed the connection in the middle of an answer.")
    return got


if __name__ == "__main__":
    json.dump(drive(json.load(sys.stdin)), sys.stdout)
