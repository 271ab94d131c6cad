"""End sign-ins, one's own and those of one's people; what an admin does when somebody lost a device."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from clinic import audit, clock, live, sign_in
from clinic.actions.browsers import end_browsers
from clinic.actions.staff import check_editing
from clinic.models import User
from clinic.refusal import Item, refuse_if


@transaction.atomic
def end_session(*, session, by, at=None):
    """End one sign-in (a UserSession): its cookie and its streams are dead. Raises Refused for who may not."""
    at = at or clock.now()
    _check_may_end(session.user, by, at)
    _end(session)
    audit.record("session.ended", session.user, by=by, at=at, detail={"address": session.ip})


@transaction.atomic
def end_other_sessions(*, by, but, at=None):
    """End all one's own sign-ins except that of the session key `but`. Returns how many."""
    at = at or clock.now()
    others = list(UserSession.objects.filter(user=by).exclude(session_key=but))
    for session in others:
        _end(session)
    audit.record("session.ended_others", by, by=by, at=at, detail={"count": len(others)})
    return len(others)


@transaction.atomic
def end_all_sessions(*, user, by, at=None):
    """Sign a person out everywhere, and let no PIN bring them back: they sign in fully again. Returns how many."""
    at = at or clock.now()
    _check_may_end(user, by, at)
    count = _end_everything(user, by=by, why="signed_out", at=at)
    audit.record("session.ended_all", user, by=by, at=at, detail={"count": count})
    return count


@transaction.atomic
def send_reset(*, user, by, at=None):
    """Mail a person the letter with which they choose a new password. Nobody sets or sees it. Raises Refused."""
    check_editing(user=user, by=by, at=at)
    refuse_if([] if user.is_active else [Item("user.off", "This account is switched off.")])
    audit.record("password.reset_sent", user, by=by, at=at)
    transaction.on_commit(lambda: sign_in.wake_reset(user))


@transaction.atomic
def take_factors(*, user, reason, by, at=None):
    """Somebody lost a phone, a key or a tablet: every factor, sign-in, known browser and PIN of theirs is dead at once.

    They choose a new password by mail and set the second factor up again; so a password alone, in the hands of who
    found the device, opens nothing. Raises Refused without a reason, for one's own, and for a person above.
    """
    at, reason = at or clock.now(), reason.strip()
    user = User.objects.select_for_update().get(pk=user.pk)
    check_editing(user=user, by=by, at=at)
    refuse_if([] if reason else [Item("reason.missing", "Write why.", field="reason")])
    kinds = sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    count = _end_everything(user, by=by, why="lost", at=at)
    detail = {"kinds": kinds, "sessions": count}
    audit.record("second_factor.taken", user, by=by, at=at, reason=reason, detail=detail)
    transaction.on_commit(lambda: sign_in.wake_reset(user))
    transaction.on_commit(lambda: sign_in.tell(user, "factors_taken"))
    return user


def _check_may_end(user, by, at):
    if user.pk != by.pk:
        check_editing(user=user, by=by, at=at)


def _end_everything(user, *, by, why, at):
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        _end(session)
    end_browsers(user=user, by=by, why=why, at=at)
    transaction.on_commit(lambda: live.end(user_id=user.pk))
    return len(sessions)


def _end(session):
    key, user_id = session.session_key, session.user_id
    session.end()
    transaction.on_commit(lambda: live.end(user_id=user_id, session_key=key))
