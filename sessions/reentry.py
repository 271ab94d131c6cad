"""Behind the privacy lock: who may come back to this tablet, how they show who they are, and whose session it is then.

The person who is signed in comes back by PIN, passkey or password; their session goes on. Somebody else who signed in
fully on this tablet today, and has not signed out since, takes it over by their own PIN: the session before ends, and
theirs lives as long as the one they began by signing in would have. A passkey is a full sign-in by anybody.
"""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.models import Login
from allauth.mfa.webauthn.internal import flows as passkeys
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from clinic import audit, browsers, clock, live, sign_in
from clinic.models import User
from clinic.refusal import Item, Refused
from sessions.actions import pins
from sessions.queries.pins import have_pins

NOT_HERE = "Choose somebody of the list, or sign in by e-mail and password."
WRONG = "That is not the password. Try again, or sign out and sign in from the beginning."
BY_HAND = "clinic.signed_in.ByEmail"


@dataclass(frozen=True)
class Person:
    """Somebody who may come back to this tablet by a PIN."""

    user: User
    full_at: datetime
    is_owner: bool  # whose session is locked


def people_here(request):
    """Those whose PIN opens this tablet now, its owner first, then by name."""
    rows = browsers.may_return(request, clock.now())
    with_pin = have_pins([row.user for row in rows])
    found = [Person(row.user, row.full_at, row.user_id == request.user.pk) for row in rows if row.user_id in with_pin]
    return sorted(found, key=lambda person: (not person.is_owner, person.user.name))


def by_pin(request, *, person, pin):
    """Open the lock by a PIN, `person` being the id (str) of one of `people_here`. Returns who it is then.

    Raises Refused for anybody else, and for a wrong or locked PIN.
    """
    found = next((one for one in people_here(request) if str(one.user.pk) == person), None)
    if found is None:
        raise Refused(Item("lock.person", NOT_HERE, field="person"))
    pins.check_entry(user=found.user, pin=pin, by=request.user)
    if found.is_owner:
        sign_in.unlock(request, way="pin")
    else:
        _take_over(request, found)
    return found.user


def by_password(request, *, password):
    """Open one's own lock by password: a proof of who one is, and the PIN counts again. Raises Refused."""
    try:
        is_right = get_adapter().reauthenticate(request.user, password)
    except ValidationError as held:
        raise Refused(Item("lock.held", " ".join(held.messages), field="password")) from held
    if not is_right:
        raise Refused(Item("lock.password", WRONG, field="password"))
    reauthenticate_by_password(request)
    pins.unlock(site=request.site, by=request.user)
    sign_in.unlock(request, way="password")
    return request.user


def by_passkey(request, authenticator):
    """Open the lock by a passkey: one's own goes on, anybody else's is a sign-in of theirs. Returns who it is then."""
    user = authenticator.user
    if user.pk == request.user.pk:
        passkeys.reauthenticate(request, authenticator)
        sign_in.unlock(request, way="passkey")
        return user
    _park(request)
    request.session.flush()
    request.user = AnonymousUser()
    passkeys.perform_passwordless_login(request, authenticator, Login(user=user))
    return user


def _take_over(request, person):
    """A session for somebody who signed in fully here before: as old as that sign-in, with its factors, unproved."""
    site = request.session.get("site")
    _park(request)
    request.quick_way = "pin"
    login(request, person.user, backend=BY_HAND)
    request.session[sign_in.BEGAN] = person.full_at.timestamp()
    request.session[sign_in.FACTOR] = settings.MFA_REQUIRED
    if site:
        request.session["site"] = site


def _park(request):
    """The session before ends here and now, and its streams; its owner may come back as quickly."""
    audit.record("sign_in.parked", request.user, by=request.user)
    live.end(user_id=request.user.pk, session_key=request.session.session_key)
