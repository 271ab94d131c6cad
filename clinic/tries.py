"""How often somebody may try a password or a code: counted so that nobody is locked out by somebody else.

A known browser counts for itself, five tries in five minutes for each name. Every other one counts by name and address,
by name alone, and by address: a whole clinic may sit behind one address, and a guest in its Wi-Fi who spends that
address's tries holds up strange browsers only, never the clinic's own. Source of the figures: ASVS 6.3.1 and 6.6.3
(five tries); the others are clinic defaults (unverified defaults, the clinic approves).
"""

from allauth.core.internal.ratelimit import RateLimitUsage, consume, get_ip

from clinic import browsers

APP = "clinic.tries"
HERE = "5/300s/key"
ANYWHERE = {"password": "100/h/key", "code": "20/h/key"}
ADDRESS = {"password": "60/m/ip", "code": "60/m/ip"}


def take(request, kind, who):
    """Take one try of `kind` ("password" or "code") for the name `who`; None when there is none left.

    What is returned can be given back (`rollback()`) when the try was right.
    """
    known = browsers.known_mark(request)
    place = f"browser:{known}" if known else f"address:{get_ip(request)}"
    counts = [(HERE, f"{who}:{place}")]
    if not known:
        counts += [(ANYWHERE[kind], f"{who}:anywhere"), (ADDRESS[kind], None)]
    taken = RateLimitUsage(usage=[])
    for rate, key in counts:
        one = consume(request, app=APP, action=kind, config={kind: rate}, key=key)
        if one is None:
            taken.rollback()
            return None
        taken.usage.extend(one.usage)
    return taken
