"""The arithmetic of the public header observatory (MDN), for one answer over TLS: HDR-1 to HDR-11.

100 to begin with, malus for what is missing, bonus only from 90 up. 145 is the bar; 155 is what a page with a cookie
can reach here (no preload list is counted, and scripts of one's own origin earn nothing).
"""

import re

BAR = 145
PRIVATE = ("same-origin", "no-referrer", "strict-origin")  # what the observatory counts as keeping addresses private
ISOLATING = (
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
)


def score(headers, cookies=()) -> int:
    """The score of one answer; `headers` and `cookies` (name -> morsel) as Django's responses carry them."""
    cookies = {name: cookie for name, cookie in dict(cookies).items() if cookie["max-age"] != 0}  # not those taken away
    base = 100 + _csp_malus(headers) + _cookie_malus(cookies)
    base += 0 if _seconds(headers) >= 180 * 24 * 3600 else -20
    base += 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5
    base += -50 if headers.get("Access-Control-Allow-Origin") == "*" else 0
    bonus = _csp_bonus(headers) + (5 if cookies else 0)
    bonus += 5 if headers.get("Referrer-Policy") in PRIVATE else 0
    bonus += sum(10 for name, value in ISOLATING if headers.get(name) == value)
    return base + bonus if base >= 90 else base


def directives(headers) -> dict[str, list[str]]:
    """The content policy taken apart."""
    policy = headers.get("Content-Security-Policy", "")
    return {name: rest.split() for name, _, rest in (part.strip().partition(" ") for part in policy.split(";"))}


def _csp_malus(headers):
    csp = directives(headers)
    if not csp.get("default-src"):
        return -25
    words = {word for values in csp.values() for word in values}
    malus = -20 if "'unsafe-inline'" in words else 0
    malus += -10 if "'unsafe-eval'" in words else 0
    return malus + (0 if csp.get("frame-ancestors") == ["'none'"] else -20)


def _csp_bonus(headers):
    csp = directives(headers)
    strict = csp.get("default-src") == ["'none'"] and "form-action" in csp
    return (10 if strict else 0) + (5 if csp.get("frame-ancestors") == ["'none'"] else 0)


def _seconds(headers):
    found = re.search(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    return int(found.group(1)) if found else 0


def _cookie_malus(cookies):
    malus = 0
    for name, cookie in cookies.items():
        malus += 0 if cookie["secure"] else (-40 if "session" in name else -20)
        malus += 0 if cookie["httponly"] or "session" not in name else -30
        malus += 0 if cookie["samesite"] else -20
    return malus


def missing(headers) -> list[str]:
    """What the six headers of an A+ elsewhere lack: they are asked of every answer too."""
    wanted = {
        "Strict-Transport-Security": "max-age=",
        "Content-Security-Policy": "default-src 'none'",
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "",
        "Permissions-Policy": "camera=()",
    }
    return [name for name, words in wanted.items() if words not in headers.get(name, "-" if words else "")]
