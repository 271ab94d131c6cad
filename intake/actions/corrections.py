"""Staff's words beside the patient's: correct an answer, take a correction back, note something, verify a statement."""

from django.db import transaction

from clinic import audit, clock
from clinic.access import roles_of
from clinic.refusal import Conflict, Item, Refused
from intake import questions
from intake.actions.restating import packet_said_something_new
from intake.models import Packet, PageCorrection
from intake.rules import returned as rules
from intake.rules.overlay import newest_by_code, verified_by_page


@transaction.atomic
def correct_page(*, packet, slug, answers, seen, reason, by, at=None):
    """Keep staff's values of a page's questions beside the patient's. ``answers``: every code of it -> value.

    Only what differs from what counts now becomes a row. ``seen`` is how many rows stood beside this page when it was
    opened: Conflict when there are more. Raises Refused when nothing changed, without a reason, or once it is decided.
    """
    at = at or clock.now()
    packet, rows = _locked(packet, slug, seen)
    now = verified_by_page(packet.pages.all(), packet.supplements.all(), packet.corrections.all()).get(slug, {})
    changed = {code: value for code, value in answers.items() if value != now.get(code)}
    _check(packet, reason, changed, by, at)
    newest = newest_by_code(rows)
    for code, value in changed.items():
        _write(packet, slug, code, rules.VALUE, reason, by, at, value=value, supersedes=newest.get(code))
    _record("packet.corrected", packet, slug, changed, by, at, reason)
    packet_said_something_new(packet=packet, slugs={slug}, by=by, at=at)
    return packet


@transaction.atomic
def take_back_correction(*, correction, reason, by, at=None):
    """The patient's own words count again, for all that was corrected in the same deed. Each another row.

    Conflict when one of them was changed or taken back meanwhile.
    """
    at = at or clock.now()
    packet, rows = _locked(correction.packet, correction.slug, None)
    deed = [row for row in rows if _same_deed(row, correction)]
    newest = newest_by_code(rows)
    if any(newest[row.code] != row for row in deed):
        raise Conflict(Item("corrected", "Somebody else has changed this correction."), current=packet)
    _check(packet, reason, deed, by, at)
    for row in deed:
        _write(packet, row.slug, row.code, rules.UNDONE, reason, by, at, supersedes=row)
    _record("packet.correction-taken-back", packet, correction.slug, [row.code for row in deed], by, at, reason)
    packet_said_something_new(packet=packet, slugs={correction.slug}, by=by, at=at)
    return packet


def _same_deed(row, other):
    same = (row.corrected_at, row.corrected_by_id) == (other.corrected_at, other.corrected_by_id)
    return same and row.kind == rules.VALUE


@transaction.atomic
def note_beside(*, packet, slug, words, by, at=None):
    """Write words beside a page; its answers count as they are. Raises Refused without words or once decided."""
    at = at or clock.now()
    packet, _ = _locked(packet, slug, None)
    _check(packet, words, {slug}, by, at)
    row = _write(packet, slug, "", rules.NOTE, "A note beside", by, at, words=words.strip())
    _record("packet.noted", packet, slug, [], by, at, "")
    return row


@transaction.atomic
def verify_statements(*, statements, packet, by, at=None):
    """A clinician has verified these medicines or allergies with the patient. Verified ones stay as they are."""
    at = at or clock.now()
    if not rules.CLINICIANS & roles_of(by, packet.site, at):
        raise Refused(Item("not-clinician", "Only a nurse or a prescriber can do this."))
    kinds = {type(statement) for statement in statements}
    wanted = [statement.pk for statement in statements]
    for model in kinds:
        for row in model.objects.select_for_update().filter(pk__in=wanted, verified_at=None, ended_at=None):
            row.verified_at, row.verified_by = at, by
            row.save(update_fields=["verified_at", "verified_by"])
            audit.record("statement.verified", row, by=by, patient=packet.patient, site=packet.site, at=at)
    return statements


def _locked(packet, slug, seen):
    rows = Packet.objects.select_for_update(of=("self",)).select_related("patient", "site")
    packet = rows.get(pk=packet.pk)
    beside = [row for row in packet.corrections.all() if row.slug == slug]
    if seen is not None and len(beside) != seen:
        raise Conflict(Item("page-changed", "Somebody else has written beside this page."), current=packet)
    return packet, beside


def _check(packet, reason, changed, by, at):
    rules.check_can_correct(
        state=packet.state,
        signed=packet.state == "decided",
        reason=reason,
        changed=changed,
        roles=roles_of(by, packet.site, at),
    )


def _write(packet, slug, code, kind, reason, by, at, **fields):
    page = questions.BY_SLUG[slug]
    return PageCorrection.objects.create(
        packet=packet,
        slug=slug,
        code=code,
        field_class=page.field_class,
        kind=kind,
        reason=reason.strip(),
        corrected_at=at,
        corrected_by=by,
        **fields,
    )


def _record(verb, packet, slug, codes, by, at, reason):
    detail = {"page": slug, "questions": sorted(codes)}
    audit.record(verb, packet, by=by, patient=packet.patient, site=packet.site, at=at, reason=reason, detail=detail)
