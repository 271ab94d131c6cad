"""Pages about sign-ins: one's own, and that of somebody whom an admin looks after."""

from dataclasses import dataclass

from clinic import audit, browsers
from clinic.queries import sign_ins as queries

KINDS = (("webauthn", "passkey", "passkeys"), ("totp", "authenticator app", "authenticator apps"))
NO_FACTOR = "no second factor"


@dataclass(frozen=True)
class OpenSession:
    """One sign-in that is open: where, since when, whether it is the one that looks."""

    pk: int
    words: str
    address: str
    since: object
    is_here: bool


@dataclass(frozen=True)
class Happening:
    """One line of what happened at the door."""

    at: object
    words: str
    where: str


@dataclass(frozen=True)
class SignInPage:
    """All about one person's sign-ins."""

    person: object
    factors: str
    has_factor: bool
    sessions: list
    browsers: list
    happened: list

    @property
    def others(self):
        """The sign-ins besides the one that looks."""
        return [one for one in self.sessions if not one.is_here]


def sign_in_page(person, *, here=""):
    """The page of `person`; `here` is the session key of who looks, when it is they."""
    counts = queries.factors_of(person)
    return SignInPage(
        person=person,
        factors=factor_words(counts),
        has_factor=any(kind in counts for kind, _, _ in KINDS),
        sessions=[_open(one, here) for one in queries.sessions_of(person)],
        browsers=queries.browsers_of(person),
        happened=[_happened(event) for event in queries.at_the_door(person)],
    )


def factor_words(counts):
    """Second factors in words: "2 passkeys, 1 authenticator app"."""
    said = [f"{counts[kind]} {one if counts[kind] == 1 else many}" for kind, one, many in KINDS if kind in counts]
    return ", ".join(said) or NO_FACTOR


def _open(session, here):
    return OpenSession(
        pk=session.pk,
        words=browsers.words_of(session.user_agent),
        address=session.ip,
        since=session.created_at,
        is_here=session.session_key == here,
    )


def _happened(event):
    how = ", ".join(event.detail.get("factors", [])) or event.detail.get("way") or event.detail.get("factor", "")
    words = audit.words(event.verb)
    return Happening(event.at, f"{words} ({how})" if how else words, event.address or "")
