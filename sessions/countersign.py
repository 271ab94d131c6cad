"""A second person signs one form; the signed-in user stays who they are.

Two ways. By e-mail and password (and code, where they use one): anywhere. By PIN, in seconds: only on a tablet where
that person signed in with every factor within the last twelve hours, named from a list or by the badge. Five wrong PINs
lock it until that person signs by password, or sets a new one.
"""

from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.core.cache import cache

from clinic import audit, clock
from clinic.access import CLINICIANS
from clinic.models import Membership, User
from clinic.refusal import Item, Refused
from sessions.actions import pins
from sessions.queries.pins import of_badge
from sessions.tablet import signed_in_here

TRIES, MINUTES = 5, 15
WRONG = "E-mail and password don't match. Nothing was signed."
NOT_HERE = "Choose somebody of the list, or sign by e-mail and password."


def quick_people(request, site, *, but=()):
    """The clinicians of `site` who may sign by PIN on this tablet now, by name; `but` are ids of those who may not."""
    here = set(signed_in_here(request)) - {str(pk) for pk in but}
    if not here:
        return []
    return list(_clinicians(site).filter(pk__in=here).exclude(quick_pin=None).exclude(quick_pin__pin_hash=""))


def _clinicians(site):
    held = Membership.objects.active(clock.now()).filter(site=site, role__in=CLINICIANS).values("user")
    return User.objects.filter(pk__in=held, is_active=True).order_by("name")


def quick_signer(request, *, person=None, badge="", pin, site, subject=None):
    """The user who signed here with their PIN, `person` (a User of `quick_people`) or whose `badge` it is.

    Raises Refused for anybody else, for a wrong or locked PIN, and for a PIN set before the password was changed.
    """
    people = {user.pk: user for user in quick_people(request, site)}
    user = of_badge(badge) if badge else person
    user = people.get(user.pk) if user else None
    if user is None:
        audit.record("countersignature.refused", subject, by=request.user, site=site, detail={"way": "pin"})
        raise Refused(Item("sign.person", NOT_HERE, field="second_badge" if badge else "second_person"))
    pins.check_pin(user=user, pin=pin, asked_by=request.user, site=site, subject=subject)
    return user


def countersigner(request, *, email, password, site, code="", subject=None):
    """The user who signed here: a nurse or prescriber of this site, by password, and by code where they use one.

    Raises Refused after five wrong tries for 15 minutes (clinic default), and for anybody without a clinical role.
    Unlocks that person's PIN: this was password and factor.
    """
    signer = prover(request, email=email, password=password, code=code, site=site, subject=subject)
    _check_role(signer, site)
    pins.unlock(site=site, by=signer)
    audit.record("countersignature.signed", subject, by=signer, site=site, detail={"way": "password"})
    return signer


def prover(request, *, email, password, site, code="", subject=None):
    """Whoever gave this password, and code where they use one, whatever their role. Raises Refused as above."""
    key = f"countersign:{email.lower()}"
    if cache.get(key, 0) >= TRIES:
        raise Refused(
            Item(
                "sign.locked",
                f"Too many wrong tries. Wait {MINUTES} minutes, or ask somebody else.",
                field="second_password",
            )
        )
    user = authenticate(request, username=email.lower(), password=password)
    if user is None or not _code_fits(user, code):
        _count(key)
        audit.record("countersignature.refused", subject, by=request.user, site=site, detail={"email": email})
        raise Refused(Item("sign.wrong", WRONG, field="second_password"))
    cache.delete(key)
    return User.objects.get(pk=user.pk)


def _count(key):
    cache.add(key, 0, timeout=MINUTES * 60)
    cache.incr(key)


def _code_fits(user, code):
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return app is None or app.wrap().validate_code(code)


def _check_role(user, site):
    if not _clinicians(site).filter(pk=user.pk).exists():
        raise Refused(
            Item("sign.role", f"{user.display_name} is neither nurse nor prescriber at {site}.", field="second_email")
        )
