"""How staff signs in: by e-mail, password and a second factor; no sign-up, no lock-out from elsewhere, all audited."""

import base64
import logging
from smtplib import SMTPException

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import authentication_step_completed, password_changed, password_reset
from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from celery import current_app
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from clinic import audit, browsers, clock, links, live, tries
from clinic.actions.browsers import leave_browser, note_browser
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
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_login_webauthn",
    "mfa_reauthenticate_webauthn",
}
# Of those, the ones a locked session may still ask for: to leave, or to sign in from the beginning.
WHILE_LOCKED = {
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_login_webauthn",
}
MAIL_RESET, RESET_LETTER = "clinic.mail_reset", "account/email/password_reset_key"
BEGAN, SEEN, FACTOR = "signed_in_at", "seen_at", "second_factor"
PROVED, LOCKED = "proved_at", "locked_at"
# How old a proof of who one is may be for a look at a page that asks for a fresh one, and for sending its form.
# Clinic defaults (unverified defaults, the clinic approves).
FRESH_SECONDS, FRESH_FORM_SECONDS = 300, 900
OVER, IDLE = "over", "idle"


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
        wake_reset(user, email)

    def is_reauthentication_required(self, *, app, **more):
        """Ask again who it is before a change of factors, but not of who has just come in with all they have."""
        session = context.request.session
        fresh = clock.now().timestamp() - session.get(PROVED, 0) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return super().is_reauthentication_required(app=app, **more) and not fresh

    def get_reauthentication_methods(self, user):
        """The ways to show again who one is, in the words of our pages."""
        words = {"reauthenticate": "your password", "mfa_reauthenticate": "a code of your app, or a recovery code"}
        methods = super().get_reauthentication_methods(user)
        return [way | {"description": words.get(way["id"], "your passkey")} for way in methods]

    def pre_authenticate(self, request, **credentials):
        """Take a try for this name here; raises a validation error when there is none left (`clinic.tries`)."""
        name = (credentials.get("email") or credentials.get("username") or "").lower()
        self._login_failed_rl_usage = tries.take(request, "password", name)
        if self._login_failed_rl_usage is None:
            raise self.validation_error("too_many_login_attempts")

    def send_mail(self, template_prefix, email, context):
        """A letter about one's own sign-in. It has happened: a mail server that is away undoes nothing."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as problem:
            log.warning("A letter about a sign-in was not sent: %s", type(problem).__name__)


def wake_reset(user, email=""):
    """Have the worker send the letter with which a new password is chosen; send it now when there is none to wake."""
    email = email or user.email
    try:
        current_app.send_task(MAIL_RESET, args=[str(user.pk), email], ignore_result=True)
    except (KombuError, RedisError, OSError) as problem:
        log.warning("A password letter was sent within its request: %s", type(problem).__name__)
        mail_reset(user, email)


def mail_reset(user, email):
    """Send `user` the letter with an address, good for an hour, at which a new password is chosen."""
    key = f"{user_pk_to_url_str(user)}-{EmailAwarePasswordResetTokenGenerator().make_token(user)}"
    words = {"password_reset_url": get_adapter().get_reset_password_from_key_url(key)}
    _letter(RESET_LETTER, words, [email]).send()


def tell(user, what, *, to=()):
    """Tell a person what was done to their sign-in by somebody else: `what` names the letter. `to`: default, theirs.

    It has been done: a mail server that is away undoes nothing.
    """
    for address in to or [user.email]:
        try:
            _letter(f"account/email/{what}", {"timestamp": clock.now()}, [address]).send()
        except (SMTPException, OSError) as problem:
            log.warning("A letter about a sign-in was not sent: %s", type(problem).__name__)


def _letter(name, words, to):
    subject, body = (render_to_string(f"{name}_{part}.txt", words).strip() for part in ("subject", "message"))
    return EmailMessage(settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + subject, body, to=to)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seeds and recovery codes lie encrypted in the database; passkeys have the names of the devices they lie on."""

    def encrypt(self, text):
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self):
        """Passkeys belong to the name of the site, whatever port it is on."""
        return super().get_public_key_credential_rp_entity() | {"name": "Tideline"}

    def generate_authenticator_name(self, user, type):
        """A passkey is called after the device on which it is made, until its owner calls it something else."""
        return browsers.words_of(context.request.headers.get("User-Agent", ""))


def reseal(text):
    """A seed or a recovery code encrypted anew with the newest key. Raises InvalidToken when no key opens it."""
    return _fernet().rotate(text.encode()).decode()


def _fernet():
    """The newest key encrypts; older ones still decrypt: MFA_SEED_KEY, its fallbacks, SECRET_KEY and its fallbacks."""
    keys = [settings.MFA_SEED_KEY, *settings.MFA_SEED_KEY_FALLBACKS, settings.SECRET_KEY]
    return MultiFernet([Fernet(_key(secret)) for secret in [*keys, *settings.SECRET_KEY_FALLBACKS] if secret])


def _key(secret):
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"tideline second factor").derive(secret.encode())
    return base64.urlsafe_b64encode(derived)


def has_second_factor(request):
    """Whether this session was opened, or has since been raised, by a second factor."""
    records = get_authentication_records(request, request.user)
    return bool(request.session.get(FACTOR)) or any(record["method"] == "mfa" for record in records)


def factor_page(request):
    """Where a session with one factor is led: to give the second one, or to set it up."""
    if not is_mfa_enabled(request.user):
        return reverse("mfa_activate_totp")
    has_app = is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
    return reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")


def is_full(request):
    """Whether this session was opened with every factor that this clinic asks for."""
    return not settings.MFA_REQUIRED or has_second_factor(request)


def is_fresh(request, at):
    """Whether this person has lately shown again who they are: by a sign-in, or by password, code or passkey since.

    A form may be sent a while after its page was opened: its writer was asked then.
    """
    most = FRESH_SECONDS if request.method in ("GET", "HEAD") else FRESH_FORM_SECONDS
    return 0 <= at.timestamp() - request.session.get(PROVED, 0) <= most


def lapse(request, at):
    """What time has done to this staff session: OVER (a whole shift old), IDLE, or "". Notes that it is being used."""
    moment, session = at.timestamp(), request.session
    began, seen = session.setdefault(BEGAN, moment), session.setdefault(SEEN, moment)
    if moment - began > settings.SESSION_ABSOLUTE_SECONDS:
        return OVER
    if moment - seen > settings.SESSION_IDLE_SECONDS:
        return IDLE
    by_itself = request.method == "GET" and request.headers.get("HX-Request")
    if not by_itself and moment - seen >= 60:
        session[SEEN] = moment
    return ""


def is_locked(request):
    """Whether the privacy lock is on in this session: everything waits behind a PIN, a passkey or the password."""
    return LOCKED in request.session


def lock(request, *, why):
    """Put the privacy lock on. `why`: "idle" or "hand". Twice is once."""
    if is_locked(request):
        return
    request.session[LOCKED] = clock.now().timestamp()
    audit.record("session.locked", request.user, by=request.user, detail={"why": why})


def unlock(request, *, way):
    """Take the privacy lock off, under a new session key. `way`: "pin", "passkey" or "password"."""
    request.session.pop(LOCKED, None)
    request.session[SEEN] = clock.now().timestamp()
    renew_key(request)
    audit.record("session.unlocked", request.user, by=request.user, detail={"way": way})


def renew_key(request):
    """Give the session a new key, as every proof of who one is does; what is listed and streamed follows."""
    old = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)


def _signed_in(sender, request, user, **more):
    now = clock.now().timestamp()
    request.session[BEGAN] = request.session[SEEN] = now
    request.session.pop(LOCKED, None)
    links.forget(request.session)
    way = getattr(request, "quick_way", "")
    if way:
        audit.record("sign_in.returned", user, by=user, detail={"way": way})
        return
    request.session[PROVED] = now
    audit.record("sign_in.done", user, by=user, detail={"factors": _factors(request, user)})
    _note_browser(request, user)


def _note_browser(request, user):
    """A sign-in with every factor makes this browser a known one; a test's short cut through the door does not."""
    if request.method and is_full(request):
        agent = request.headers.get("User-Agent", "")
        words, mark = browsers.words_of(agent), browsers.mark_anew(request)
        if note_browser(user=user, mark=mark, words=words, address=request.META.get("REMOTE_ADDR") or None):
            get_adapter().send_notification_mail("account/email/new_browser", user, {"browser": words})


def _factors(request, user):
    return sorted({record["method"] for record in get_authentication_records(request, user)})


def _proved_again(sender, request, user, method, reauthenticated=False, **more):
    """Whoever has shown again who they are gets a new session key, and a while in which pages don't ask again."""
    if reauthenticated:
        request.session[PROVED] = clock.now().timestamp()
        renew_key(request)
        audit.record("sign_in.proved", user, by=user, detail={"way": more.get("type") or method})


def _raised(sender, request, user, authenticator, reauthenticated=False, **more):
    if reauthenticated:
        _note_browser(request, user)


def _password_changed(sender, request, user, **more):
    audit.record("password.changed", user, by=user)
    _end_others(request, user)


def _password_reset(sender, request, user, **more):
    audit.record("password.reset", user, by=user)
    _end_others(request, user)


def _end_others(request, user):
    """A new password ends every other sign-in: their cookies and streams are dead, not only unlisted."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()
        live.end(user_id=user.pk, session_key=session.session_key)


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
        leave_browser(user=user, mark=browsers.mark_of(request))
        if request.session.session_key:
            live.end(user_id=user.pk, session_key=request.session.session_key)


def _factor_added(sender, request, user, authenticator, **more):
    was_full = is_full(request)
    request.session[FACTOR] = True
    audit.record("second_factor.added", user, by=user, detail={"kind": authenticator.type})
    if not was_full:
        _note_browser(request, user)


def _factor_renewed(sender, request, user, authenticator, **more):
    audit.record("second_factor.renewed", user, by=user, detail={"kind": authenticator.type})


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
    authenticator_reset.connect(_factor_renewed, dispatch_uid="clinic.factor_renewed")
    authenticator_used.connect(_raised, dispatch_uid="clinic.factor_used")
    authentication_step_completed.connect(_proved_again, dispatch_uid="clinic.proved_again")
    password_changed.connect(_password_changed, dispatch_uid="clinic.password_changed")
    password_reset.connect(_password_reset, dispatch_uid="clinic.password_reset")
    authenticator_removed.connect(_factor_removed, dispatch_uid="clinic.factor_removed")
