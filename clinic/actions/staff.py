"""Add people, give and end their roles, let them choose a password."""

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import transaction

from clinic import audit, clock, live, sign_in
from clinic.access import roles_of
from clinic.actions.browsers import end_browsers
from clinic.actions.glass import end_glasses_of
from clinic.models import AccessCheck, Membership, Role, User
from clinic.refusal import Conflict, Item, refuse_if
from clinic.rules import staff as rules


def check_role(*, user, site, role, by, at=None):
    """Raise Refused with all that speaks against `by` giving or ending this role."""
    at = at or clock.now()
    refuse_if(
        rules.against_membership(
            actor_id=by.pk,
            subject_id=user.pk,
            actor_roles=roles_of(by, site, at),
            actor_superuser=by.is_superuser,
            subject_superuser=user.is_superuser,
            role=str(role),
        )
    )


@transaction.atomic
def give_role(*, user, site, role, by, at=None):
    """Give a person a role at a site from now on. Raises Refused for one's own roles or one above one's own."""
    at = at or clock.now()
    user = User.objects.select_for_update().get(pk=user.pk)
    check_role(user=user, site=site, role=role, by=by, at=at)
    if role in roles_of(user, site, at):
        raise Conflict(Item("held", f"{user.name} already has this role here.", field="role"))
    membership = Membership.objects.create(user=user, site=site, role=role, since=at)
    audit.record("membership.given", membership, by=by, site=site, at=at, detail=_what(user, role))
    return membership


@transaction.atomic
def end_role(*, membership, by, at=None):
    """End a role now; the row stays. Raises Refused for one's own, Conflict when it has ended already."""
    at = at or clock.now()
    membership = Membership.objects.select_for_update(of=("self",)).select_related("user", "site").get(pk=membership.pk)
    check_role(user=membership.user, site=membership.site, role=membership.role, by=by, at=at)
    if membership.until is not None:
        raise Conflict(Item("ended", "This role has ended already."))
    _end(membership, by=by, at=at)
    return membership


def _end(membership, *, by, at, reason=""):
    membership.until = at
    membership.save(update_fields=["until"])
    detail = _what(membership.user, membership.role)
    audit.record("membership.ended", membership, by=by, site=membership.site, at=at, reason=reason, detail=detail)
    end_glasses_of(membership.user, by=by, why="a role ended", at=at)
    close_streams(membership.user)


@transaction.atomic
def end_access(*, user, by, reason, at=None):
    """Somebody has left: end every role of theirs at the sites `by` administers; returns how many.

    Who has none left anywhere is switched off and signed out everywhere. Calendar feeds, tickets of streams, PINs and
    copies of records they asked for are dead with it. Raises Refused for oneself and for people above one, Conflict
    when nothing is left to end.
    """
    at = at or clock.now()
    user = User.objects.select_for_update().get(pk=user.pk)
    active = Membership.objects.active(at)
    admins = active.filter(user=by, role=Role.CLINIC_ADMIN).values("site")
    rows = active.filter(user=user) if by.is_superuser else active.filter(user=user, site__in=admins)
    ending = list(rows.select_for_update(of=("self",)).select_related("site", "user"))
    if not ending:
        raise Conflict(Item("ended", f"{user.name} has no role left at your sites."), current=user)
    for membership in ending:
        check_role(user=user, site=membership.site, role=membership.role, by=by, at=at)
        _end(membership, by=by, at=at, reason=reason)
    if not active.filter(user=user).exists():
        _switch_off(user, by=by, at=at, reason=reason)
    return len(ending)


def _switch_off(user, *, by, at, reason):
    user.is_active = False
    user.save(update_fields=["is_active"])
    sign_out_everywhere(user)
    end_browsers(user=user, by=by, why="left", at=at)
    audit.record("user.switched_off", user, by=by, at=at, reason=reason)


@transaction.atomic
def check_access(*, site, by, words="", at=None):
    """Note that somebody went through the list of who has access to a site."""
    at = at or clock.now()
    people = User.objects.filter(memberships__in=Membership.objects.active(at).filter(site=site), is_active=True)
    noted = AccessCheck.objects.create(
        site=site, checked_at=at, checked_by=by, people=people.distinct().count(), words=words.strip()
    )
    audit.record("access.checked", noted, by=by, site=site, at=at, detail={"people": noted.people})
    return noted


def _what(user, role):
    return {"user": str(user.pk), "role": str(role)}


def check_editing(*, user, by, at=None):
    """Raise Refused unless `by` may change this person's account: their sites must all be the admin's."""
    at = at or clock.now()
    active = Membership.objects.active(at)
    refuse_if(
        rules.against_editing(
            actor_id=by.pk,
            subject_id=user.pk,
            actor_superuser=by.is_superuser,
            subject_superuser=user.is_superuser,
            subject_sites=active.filter(user=user).values_list("site_id", flat=True),
            actor_sites=active.filter(user=by, role=Role.CLINIC_ADMIN).values_list("site_id", flat=True),
        )
    )


@transaction.atomic
def add_user(*, user, by, at=None):
    """Save a new person without a password; they choose one by the mail of "forgot your password"."""
    at = at or clock.now()
    user.email = user.email.lower()
    user.set_unusable_password()
    user.save()
    audit.record("user.added", user, by=by, at=at)
    return user


@transaction.atomic
def change_user(*, user, fields, by, at=None):
    """Save changed fields of a person; who may no longer sign in is signed out everywhere at once."""
    at = at or clock.now()
    check_editing(user=user, by=by, at=at)
    user.email = user.email.lower()
    if "email" in fields:
        _tell_of_new_address(user)
    user.save(update_fields=fields)
    if "email" in fields:
        EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    if not user.is_active:
        sign_out_everywhere(user)
        end_glasses_of(user, by=by, why="the account was switched off", at=at)
        close_streams(user)
    audit.record("user.changed", user, by=by, at=at, detail={"fields": sorted(fields)})
    return user


def _tell_of_new_address(user):
    """On commit, both addresses hear of it: who reads the old one must not learn it by being locked out."""
    addresses = [User.objects.values_list("email", flat=True).get(pk=user.pk), user.email]
    transaction.on_commit(lambda: sign_in.tell(user, "email_changed", to=addresses))


def close_streams(user):
    """On commit, close this person's live streams; those they may still have open again by themselves."""
    transaction.on_commit(lambda: live.end(user_id=user.pk))


def sign_out_everywhere(user):
    """End every session of this person. Returns how many."""
    keys = list(user.usersession_set.values_list("session_key", flat=True))
    return Session.objects.filter(session_key__in=keys).delete()[0]
