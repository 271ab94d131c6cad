"""What a browser must prove to use a patient's link, and how it is remembered in its session. Pure but for the session.

Staff and patients may share a browser: what a patient proved lies under keys of its own, and a page for patients
never sees who of the staff is signed in.
"""

import hashlib
import hmac

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from clinic import language

# The proofs a purpose asks for. Diary, questionnaires, readiness and choices only write: they show nothing earlier.
PROOFS = {
    "packet": ("born",),
    "questions": ("born",),
    "visits": ("born",),
    "consent": ("born",),
    "education": ("born",),
    "documents": ("born",),
    "home": ("born",),
    "offer": (),
    "messages": ("born",),
    "diary": (),
    "checkup": (),
    "readiness": (),
    "stop": (),
}
# These show what was kept before, so that a browser nobody knows gives the code too.
SHOWS_EARLIER = ("documents", "consent", "messages", "home")
TRIES = 5
CODE_MINUTES = 10
DEVICE_COOKIE = "device"
DEVICE_DAYS = 400
KNOCK = "link-knock"
# From the opening of a link to the first press of a button: signed, holds the id of the link and no secret.
DOOR_COOKIE, DOOR_SALT, DOOR_PATH, DOOR_SECONDS = "door", "clinic.links.door", "/p/", 3600
# Where each purpose leads once the door is open.
LEADS_TO = {
    "packet": "intake:packet-home",
    "questions": "intake:questions-home",
    "diary": "followup:diary-entry",
    "checkup": "followup:checkup",
    "messages": "followup:own-talks",
    "readiness": "followup:readiness",
    "visits": "followup:visits",
    "stop": "followup:message-choices",
    "documents": "clinic:document-list",
    "consent": "intake:consent-list",
    "education": "intake:education-home",
    "home": "followup:home",
    "offer": "followup:offer",
}


def digest(secret):
    """SHA-256 of a token or a device cookie, as hex: what the database keeps."""
    return hashlib.sha256(secret.encode()).hexdigest()


def digits(code_id):
    """The six digits of a code, out of its id and the server's secret: nothing readable lies in the database."""
    number = int.from_bytes(salted_hmac("clinic.links.code", str(code_id), algorithm="sha256").digest()[:8], "big")
    return f"{number % 1_000_000:06d}"


def absolute(path):
    """A path as an address to mail: always under BASE_URL, never under a name a request came with."""
    return settings.BASE_URL.rstrip("/") + path


def set_door(response, link):
    """Put into the browser, for an hour, which link stands at the door (None: one nobody knows). No token in it."""
    said = signing.dumps(str(link.pk) if link else "", salt=DOOR_SALT)
    response.set_cookie(
        DOOR_COOKIE,
        said,
        max_age=DOOR_SECONDS,
        path=DOOR_PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def at_door(request):
    """(was a link opened here within the hour, its id or None)."""
    try:
        pk = signing.loads(request.COOKIES.get(DOOR_COOKIE, ""), salt=DOOR_SALT, max_age=DOOR_SECONDS)
    except signing.BadSignature:
        return False, None
    return True, pk or None


def clear_door(response):
    """Nobody stands at the door any more."""
    response.delete_cookie(DOOR_COOKIE, path=DOOR_PATH, samesite="Lax")


def same(typed, expected):
    """Compare in constant time."""
    return hmac.compare_digest(typed.encode(), expected.encode())


def knock(session, link):
    """Remember which link knocks at the door of this browser, and nothing proved yet."""
    session[KNOCK] = {"link": str(link.pk), "proofs": []}


def knocking(session):
    """The id of the link at the door, or None."""
    return (session.get(KNOCK) or {}).get("link")


def proofs(session):
    """The proofs given at the door so far."""
    return tuple((session.get(KNOCK) or {}).get("proofs", ()))


def add_proof(session, proof):
    """One more proof given at the door."""
    session[KNOCK] = session[KNOCK] | {"proofs": [*proofs(session), proof]}


def let_in(session, link, *, proofs):
    """Open the pages of the link's purpose to this browser."""
    session.pop(KNOCK, None)
    session[f"link:{link.purpose}"] = str(link.pk)
    session[f"link-proofs:{link.purpose}"] = list(proofs)


def opened(session, purpose):
    """The id of the link that opened this purpose here with all its proofs, or None."""
    given = session.get(f"link-proofs:{purpose}")
    if given is None or not set(PROOFS[purpose]) <= set(given):
        return None
    return session.get(f"link:{purpose}")


def last_opened(session):
    """The id of some link that was let in here, also when it has ended since; None for none."""
    return next((value for key, value in session.items() if key.startswith("link:")), None)


def forget(session):
    """Close every patient's pages in this browser: called when staff signs in."""
    for key in list(session.keys()):
        if key == KNOCK or key.startswith(("link:", "link-proofs:")):
            del session[key]
    language.forget(session)


def cookie(response, device):
    """Remember this browser as the one that opened a link; the cookie says nothing about whom."""
    response.set_cookie(
        DEVICE_COOKIE,
        device,
        max_age=DEVICE_DAYS * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def too_many(what, address, *, amount, seconds):
    """Count one more `what` from this address; True when there were more than `amount` within `seconds`."""
    return count_one(what, address, seconds=seconds) > amount


def count_one(what, address, *, seconds):
    """Count one more `what` from this address; returns how many there were within `seconds`."""
    key = f"throttle:{what}:{address}"
    if cache.add(key, 1, seconds):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two
        cache.set(key, 1, seconds)
        return 1
