"""The clinic's own set-up: protocols become drafts, are approved; texts are published; a site's policy is replaced."""

from django.db import transaction
from django.db.models import Max

from clinic import audit, clock, letters
from clinic.actions.fingerprints import keep_fingerprint
from clinic.events import tell_on_commit, text_published
from clinic.models import Membership, ProtocolVersion, Role
from clinic.notify import texts
from clinic.notify.sms import can_text
from clinic.queries.protocols import parts_of
from clinic.refusal import Conflict, Item, Refused, refuse_if
from clinic.rules import route as rules_route


@transaction.atomic
def draft_from(*, version, by, at=None):
    """Copy a version with all its parts into a new draft of the same protocol; returns the draft."""
    at = at or clock.now()
    version = ProtocolVersion.objects.select_for_update(of=("self",)).select_related("protocol").get(pk=version.pk)
    parts = parts_of(version)
    highest = version.protocol.versions.aggregate(highest=Max("number"))["highest"]
    draft = _copy(version, number=highest + 1, approved_at=None, approved_by=None)
    for rows in parts.values():
        for row in rows:
            _copy(row, version=draft)
    audit.record("protocol.drafted", draft, by=by, at=at, detail={"from": str(version.pk)})
    return draft


def _copy(row, **changes):
    fields = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if not field.primary_key}
    return type(row).objects.create(**fields | changes)


@transaction.atomic
def approve_version(*, version, by, at=None):
    """A prescriber approves a draft: frozen from now on, under a hash over all of it, and in force.

    Raises Refused for anyone else and lists what the draft lacks; Conflict when it was approved meanwhile.
    """
    at = at or clock.now()
    version = ProtocolVersion.objects.select_for_update().get(pk=version.pk)
    if version.approved_at is not None:
        raise Conflict(Item("approved", "This version is approved already."))
    refuse_if(_against_approval(version, by, at))
    version.approved_at, version.approved_by = at, by
    version.save(update_fields=["approved_at", "approved_by"])
    keep_fingerprint(version, by=by, at=at)
    audit.record("protocol.approved", version, by=by, at=at)
    return version


def _against_approval(version, by, at):
    if not Membership.objects.active(at).filter(user=by, role=Role.PRESCRIBER).exists():
        yield Item("not-prescriber", "Only a prescriber approves a protocol.")
    parts = {model.__name__: rows for model, rows in parts_of(version).items()}
    for name, words in NEEDED.items():
        if not parts[name]:
            yield Item(f"no-{name.lower()}", words)


NEEDED = {
    "ProtocolDrug": "There is no drug with its dose.",
    "PhaseMeasure": "It doesn't say what is measured in which phase.",
    "ProtocolLimit": "There are no limits.",
    "ChecklistItem": "The check-in list is empty.",
    "DischargeCriterion": "There are no discharge criteria.",
}


@transaction.atomic
def publish_text(*, text, by, at=None):
    """Publish a draft of a consent or message text: frozen from now on. Raises Refused when its words won't do."""
    at = at or clock.now()
    text = type(text).objects.select_for_update().get(pk=text.pk)
    if text.published_at is not None:
        raise Conflict(Item("published", "This version is published already."))
    if not text.body.strip():
        raise Refused(Item("empty", "There are no words in it.", field="body"))
    if text._meta.model_name == "messagetext":
        texts.check_text(text.kind, text.subject, text.body)
    if text._meta.model_name == "lettertext":
        letters.check_text(text.kind, text.title, text.body)
    text.published_at, text.published_by = at, by
    text.save(update_fields=["published_at", "published_by"])
    audit.record("text.published", text, by=by, at=at)
    tell_on_commit(text_published, text=text)
    return text


@transaction.atomic
def new_text_from(*, text, by, at=None):
    """Copy a text into a draft with the next number; returns the draft."""
    at = at or clock.now()
    same = {"kind": text.kind, "language": text.language}
    if text._meta.model_name == "messagetext":
        same["channel"] = text.channel
    type(text).objects.select_for_update().get(pk=text.pk)
    highest = type(text).objects.filter(**same).aggregate(highest=Max("number"))["highest"]
    draft = _copy(text, number=highest + 1, published_at=None, published_by=None)
    audit.record("text.drafted", draft, by=by, at=at, detail={"from": str(text.pk)})
    return draft


@transaction.atomic
def set_policy(*, policy, by, at=None):
    """Save the settings of a site as a new row with author and time: the newest one counts."""
    at = at or clock.now()
    policy.set_at, policy.set_by = at, by
    policy.save(force_insert=True)
    audit.record("policy.set", policy, by=by, site=policy.site, at=at)
    return policy


@transaction.atomic
def set_route(*, route, steps, by, at=None):
    """Save the alert route of a site, whole, as a new version with author and time: the newest one counts.

    `steps` are RouteSteps that are not saved yet. Raises Refused with everything that is wrong with them.
    """
    at = at or clock.now()
    rules_route.check_can_set(steps, working=working_at(route.site, at), can_text=can_text())
    route.set_at, route.set_by = at, by
    route.save(force_insert=True)
    for step in steps:
        step.route = route
        step.save(force_insert=True)
    audit.record("alert_route.set", route, by=by, site=route.site, at=at, detail={"steps": [str(s) for s in steps]})
    return route


def working_at(site, at=None):
    """Everyone who holds a role at the site now, as a list."""
    held = Membership.objects.active(at).filter(site=site, user__is_active=True).select_related("user")
    return list({m.user_id: m.user for m in held}.values())
