"""From paper into the record, as its own marked mode: whose paper, who typed it, and the author's signature."""

from django.db import transaction

from clinic import audit, clock
from clinic.refusal import Conflict, Item, Refused
from sessions.actions.drugs import pause, resume, set_rate, start, stop
from sessions.actions.endings import discharge
from sessions.actions.events import record_note
from sessions.actions.recording import When
from sessions.actions.sessions import bump, lock, need_clinician
from sessions.actions.visits import check_in
from sessions.actions.vitals import record_vitals
from sessions.models import PaperLine, PaperSheet
from sessions.queries.sheet import dose_orders_of
from sessions.rules import papers as rules
from sessions.rules.vitals import MEASURES


@transaction.atomic
def open_sheet(*, session, author, sheet_on, outage, note="", by, at=None):
    """Begin to type in a paper sheet of this session; allowed for open, ended and signed sessions alike."""
    session = lock(session)
    at = at or clock.now()
    need_clinician(by, session.site, at=at)
    need_clinician(author, session.site, at=at)
    if not outage.strip():
        raise Refused(Item("paper.outage", "Say why it was charted on paper.", field="outage"))
    if sheet_on > at.astimezone(session.site.zone).date():
        raise Refused(Item("time.future", "That day has not come yet.", field="sheet_on"))
    sheet = PaperSheet.objects.create(
        session=session, author=author, sheet_on=sheet_on, outage=outage.strip(), note=note.strip(), opened_at=at,
        opened_by=by,
    )  # fmt: skip
    audit.record("paper.opened", sheet, by=by, patient=session.patient, site=session.site, at=at, reason=outage)
    bump(session)
    return sheet


@transaction.atomic
def check_in_from_paper(*, appointment, arrived_at, author, outage, by, at=None):
    """A visit that was never checked in here because the network was away: session and sheet; returns the sheet."""
    at = at or clock.now()
    if arrived_at > at:
        raise Refused(Item("time.future", "That time is in the future.", field="arrived"))
    session = check_in(appointment=appointment, by=by, at=arrived_at)
    day = arrived_at.astimezone(session.site.zone).date()
    return open_sheet(session=session, author=author, sheet_on=day, outage=outage, by=by, at=at)


@transaction.atomic
def record_sheet(*, sheet, lines, dose_order=None, sure=False, by, at=None):
    """Type in lines of a sheet, all or none; returns the entries' records in the order in which things happened.

    `by` typed them in, the sheet's author charted them. `sure`: unlikely values stand on the paper as typed. What a
    gate would have stopped is recorded with what was missing. Refused: every line that cannot be, by its field.
    """
    at = at or clock.now()
    sheet = (
        PaperSheet.objects.select_for_update(of=("self",)).select_related("session__site", "author").get(pk=sheet.pk)
    )
    need_clinician(by, sheet.session.site, at=at)
    rules.check_open(sheet.signed_at)
    made, items = [], []
    for line in rules.in_order(lines):
        try:
            made.append(_record(sheet, line, dose_order, sure, by, at))
        except Conflict:
            raise
        except Refused as refused:
            items += [_at_line(item, line) for item in refused.items]
    if items:
        raise Refused(*items)
    for one in made:
        PaperLine.objects.get_or_create(entry=one.entry, defaults={"sheet": sheet})
    return made


def _at_line(item, line):
    """The same refusal beside its line."""
    if item.field.startswith(line.key):
        return item
    where = {"vitals": f"{line.key}_{item.field or 'time'}", "note": f"{line.key}_text"}
    return Item(item.code, item.text, item.neutral, item.link, where.get(line.kind, f"{line.key}_what"))


def _record(sheet, line, dose_order, sure, by, at):
    items = rules.line_items(line)
    if items:
        raise Refused(*items)
    common = {
        "session": sheet.session,
        "entry_id": line.entry_id,
        "by": sheet.author,
        "at": at,
        "when": When(line.at, source="paper", sent_by=by),
    }
    if line.kind == "vitals":
        confirmed = frozenset(MEASURES) if sure else frozenset()
        return record_vitals(values=line.values, confirmed=confirmed, **common)
    if line.kind == "note":
        return record_note(text=line.values["text"], **common)
    return _pump(sheet, line, dose_order, common)


def _pump(sheet, line, dose_order, common):
    order = dose_order or next(iter(dose_orders_of(sheet.session)), None)
    if order is None:
        raise Refused(Item("paper.order", "Write the dose order first, then come back: nothing typed here is lost."))
    rate, volume = line.values.get("rate"), line.values.get("ml")
    what = line.values["what"]
    if what == "start":
        return start(dose_order=order, preparation=_prepared(order), **common)
    if what == "rate":
        return set_rate(dose_order=order, rate_ml_h=rate, **common)
    if what == "resume":
        return resume(dose_order=order, rate_ml_h=rate, cause_named="From the paper sheet", **common)
    act = pause if what == "pause" else stop
    return act(dose_order=order, volume_ml=volume, text="From the paper sheet", **common)


def _prepared(order):
    made = order.preparations.order_by("number").last()
    if made is None:
        raise Refused(Item("paper.prepare", "Enter the preparation first: out of which container, and how much."))
    return made


@transaction.atomic
def leave_from_paper(*, sheet, left_at, escort_arrived, instructions_given, by, at=None):
    """The patient went home as the sheet says, judged on what had been charted by then."""
    at = at or clock.now()
    need_clinician(by, sheet.session.site, at=at)
    rules.check_open(sheet.signed_at)
    if left_at > at:
        raise Refused(Item("time.future", "That time is in the future.", field="left"))
    return discharge(
        session=sheet.session, escort_arrived=escort_arrived, instructions_given=instructions_given,
        reason=f"From the paper sheet of {sheet.author.name}.", by=by, at=left_at,
    )  # fmt: skip


@transaction.atomic
def sign_sheet(*, sheet, signer, printed_name="", by, at=None):
    """The author signs that this is what stands on the paper. `by`: who is signed in where it was signed."""
    at = at or clock.now()
    sheet = (
        PaperSheet.objects.select_for_update(of=("self",))
        .select_related("session__site", "session__patient")
        .get(pk=sheet.pk)
    )
    session = lock(sheet.session)
    rules.check_open(sheet.signed_at)
    rules.check_signer(author=sheet.author_id, signer=signer.pk, lines=sheet.lines.count())
    sheet.signed_at, sheet.signed_by, sheet.printed_name = at, signer, printed_name.strip() or signer.name
    sheet.save(update_fields=["signed_at", "signed_by", "printed_name"])
    detail = {"author": str(signer.pk)}
    audit.record("paper.signed", sheet, by=by, patient=session.patient, site=session.site, at=at, detail=detail)
    bump(session)
    return sheet
