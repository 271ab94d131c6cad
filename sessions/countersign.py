"""A second person signs one form with their own password; the signed-in user stays who they are."""

from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.core.cache import cache

from clinic import audit, clock
from clinic.access import CLINICIANS
from clinic.models import Membership, User
from clinic.refusal import Item, Refused

TRIES, MINUTES = 5, 15
WRONG = "E-mail and password don't match. Nothing was signed."


def countersigner(request, *, email, password, site, code="", subject=None):
    """The user who signed here: a nurse or prescriber of this site, by password, and by code where they use one.

    Raises Refused after five wrong tries for 15 minutes (clinic default), and for anybody without a clinical role.
    """
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
    _check_role(user, site)
    return User.objects.get(pk=user.pk)


def _count(key):
    cache.add(key, 0, timeout=MINUTES * 60)
    cache.incr(key)


def _code_fits(user, code):
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return app is None or app.wrap().validate_code(code)


def _check_role(user, site):
    held = Membership.objects.active(clock.now()).filter(user=user, site=site, role__in=CLINICIANS)
    if not held.exists():
        raise Refused(
            Item("sign.role", f"{user.display_name} is neither nurse nor prescriber at {site}.", field="second_email")
        )
