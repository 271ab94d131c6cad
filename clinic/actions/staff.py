"""Add people, give and end their roles, let them choose a password."""

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import transaction

from clinic import audit, clock
from clinic.models import Membership, Role, User
from clinic.refusal import Conflict, Item, refuse_if
from clinic.rules import staff as rules


def _roles_at(user, site, at):
    return set(Membership.objects.active(at).filter(user=user, site=site).values_list("role", flat=True))


def check_role(*, user, site, role, by, at=None):
    """Raise Refused with all that speaks against `by` giving or ending this role."""
    at = at or clock.now()
    refuse_if(
        rules.against_membership(
            actor_id=by.pk,
            subject_id=user.pk,
            actor_roles=_roles_at(by, site, at),
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
    if role in _roles_at(user, site, at):
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
    membership.until = at
    membership.save(update_fields=["until"])
    detail = _what(membership.user, membership.role)
    audit.record("membership.ended", membership, by=by, site=membership.site, at=at, detail=detail)
    return membership


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
    user.save(update_fields=fields)
    if "email" in fields:
        EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    if not user.is_active:
        sign_out_everywhere(user)
    audit.record("user.changed", user, by=by, at=at, detail={"fields": sorted(fields)})
    return user


def sign_out_everywhere(user):
    """End every session of this person. Returns how many."""
    keys = list(user.usersession_set.values_list("session_key", flat=True))
    return Session.objects.filter(session_key__in=keys).delete()[0]
