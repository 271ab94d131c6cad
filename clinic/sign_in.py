"""How staff signs in: by e-mail, password and a second factor; no sign-up, no lock-out from elsewhere, all audited."""

import base64
import logging

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from allauth.mfa.utils import is_mfa_enabled
from celery import current_app
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from clinic import audit, clock, links
from clinic.models import User

log = logging.getLogger(__name__)
# The sign-in pages that are open; every other page of the sign-in package answers 404.
PAGES = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "usersessions_list",
}
FEWEST_CHARACTERS = 6
MAIL_RESET, RESET_LETTER = "clinic.mail_reset", "account/email/password_reset_key"
BEGAN, SEEN, FACTOR = "signed_in_at", "seen_at", "second_factor"


class StaffAdapter(DefaultAccountAdapter):
    """What our clinics ask of the sign-in pages."""

    def is_open_for_signup(self, request):
        """Nobody signs up: a clinic admin adds people."""
        return False

    def is_safe_url(self, url):
        """Only a path of this site may be gone to after signing in."""
        return bool(url) and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_reset_password_from_key_url(self, key):
        """The mailed address starts with BASE_URL, whatever name the request came under."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.BASE_URL.rstrip("/") + path.replace("UID-KEY", key)

    def send_password_reset_mail(self, user, email, context):
        """The worker sends it, so that a known address is answered as soon as an unknown one; without one, now."""
        try:
            current_app.send_task(MAIL_RESET, args=[str(user.pk), email], ignore_result=True)
        except (KombuError, RedisError, OSError) as problem:
            log.warning("A password letter was sent within its request: %s", type(problem).__name__)
            mail_reset(user, email)

    def is_reauthentication_required(self, *, app, **more):
        """Ask for the password again before a change of factors, but not of who has just come in to set one up."""
        session, user = context.request.session, context.request.user
        fresh = clock.now().timestamp() - session.get(BEGAN, 0) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        first = app == "allauth.mfa" and not is_mfa_enabled(user)
        return super().is_reauthentication_required(app=app, **more) and not (fresh and first)

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Count wrong passwords by person and address together."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{get_ip(request)}"


def mail_reset(user, email):
    """Send `user` the letter with an address, good for an hour, at which a new password is chosen."""
    key = f"{user_pk_to_url_str(user)}-{EmailAwarePasswordResetTokenGenerator().make_token(user)}"
    words = {"password_reset_url": get_adapter().get_reset_password_from_key_url(key)}
    subject, body = (render_to_string(f"{RESET_LETTER}_{part}.txt", words).strip() for part in ("subject", "message"))
    EmailMessage(settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + subject, body, to=[email]).send()


class NoRepetitionValidator:
    """Refuses long passwords that are short ones in disguise: one piece over and over, or a handful of characters."""

    def validate(self, password, user=None):
        """Raise ValidationError for such a password."""
        again = password.lower() in (password.lower() * 2)[1:-1]
        if again or len(set(password.lower())) < FEWEST_CHARACTERS:
            raise ValidationError(self.get_help_text(), code="password_repeats")

    def get_help_text(self):
        """What the page says about it."""
        return "Your password can't be one piece repeated, or made of very few characters."


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seeds and recovery codes lie encrypted in the database."""

    def encrypt(self, text):
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet():
    """The newest key encrypts; older ones (MFA_SEED_KEY before SECRET_KEY and its fallbacks) still decrypt."""
    secrets = [settings.MFA_SEED_KEY, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets if secret])


def _key(secret):
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"tideline second factor").derive(secret.encode())
    return base64.urlsafe_b64encode(derived)


def has_second_factor(request):
    """Whether this session was opened, or has since been raised, by a second factor."""
    records = get_authentication_records(request, request.user)
    return bool(request.session.get(FACTOR)) or any(record["method"] == "mfa" for record in records)


def factor_page(request):
    """Where a session with one factor is led: to give the second one, or to set it up."""
    return reverse("mfa_reauthenticate" if is_mfa_enabled(request.user) else "mfa_activate_totp")


def has_lapsed(request, at):
    """Whether this staff session is over: a whole shift old, or idle for too long. Notes that it is being used."""
    moment, session = at.timestamp(), request.session
    began, seen = session.setdefault(BEGAN, moment), session.setdefault(SEEN, moment)
    if moment - began > settings.SESSION_ABSOLUTE_SECONDS or moment - seen > settings.SESSION_IDLE_SECONDS:
        return True
    by_itself = request.method == "GET" and request.headers.get("HX-Request")
    if not by_itself and moment - seen >= 60:
        session[SEEN] = moment
    return False


def _signed_in(sender, request, user, **more):
    request.session[BEGAN] = request.session[SEEN] = clock.now().timestamp()
    links.forget(request.session)
    audit.record("sign_in.done", user, by=user, detail={"factors": _factors(request, user)})


def _factors(request, user):
    return sorted({record["method"] for record in get_authentication_records(request, user)})


def _refused(sender, credentials, request=None, **more):
    """The address typed is kept only when it is one of ours: people type passwords into the wrong box."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    user = User.objects.filter(email__iexact=typed).first()
    audit.knocked("sign_in.refused", user, detail={"factor": "password"})


def _code_refused(sender, request, user, **more):
    audit.knocked("sign_in.refused", user, detail={"factor": "mfa"})


def _signed_out(sender, request, user, **more):
    if user is not None:
        audit.record("sign_in.ended", user, by=user)


def _factor_added(sender, request, user, authenticator, **more):
    request.session[FACTOR] = True
    audit.record("second_factor.added", user, by=user, detail={"kind": authenticator.type})


def _factor_removed(sender, request, user, authenticator, **more):
    request.session.pop(FACTOR, None)
    audit.record("second_factor.removed", user, by=user, detail={"kind": authenticator.type})


def listen():
    """Connect the audit to what happens at the door. Called once, when the app is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="clinic.signed_in")
    user_login_failed.connect(_refused, dispatch_uid="clinic.refused")
    user_logged_out.connect(_signed_out, dispatch_uid="clinic.signed_out")
    authentication_failed.connect(_code_refused, dispatch_uid="clinic.code_refused")
    authenticator_added.connect(_factor_added, dispatch_uid="clinic.factor_added")
    authenticator_removed.connect(_factor_removed, dispatch_uid="clinic.factor_removed")
