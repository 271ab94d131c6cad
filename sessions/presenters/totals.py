"""Doses so far: of each drug what was ordered, charted, read off the pump and drawn; what is uncertain stands apart."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from clinic.words import clinic_date, clinic_time, figure
from sessions import queries
from sessions.queries.totals import days_before
from sessions.rules import ledger
from sessions.rules.dose import shown
from sessions.rules.drugs import seconds


@dataclass(frozen=True)
class Syringe:
    """One syringe or bag of a drug: what it held, what the charted rates took out of it, what the pump said."""

    label: str
    held: str
    charted: str
    pump: str
    note: str = ""


@dataclass
class DrugTotal:
    """One infused drug; every figure is in words with its unit. `uncertain` empty: all of it went into the vein."""

    drug: str
    given: str
    per_kg: str
    ordered: str
    pump: str
    uncertain: str
    rates: list = field(default_factory=list)
    syringes: list = field(default_factory=list)


@dataclass(frozen=True)
class Given:
    """Something given by hand: when, what, and whether it may have gone beside the vein."""

    at: str
    words: str
    uncertain: bool


@dataclass(frozen=True)
class DayRow:
    """One session of the course: its day, what was given, and the sum up to it."""

    number: int
    day: str
    given: str
    per_kg: str
    minutes: str
    sum: str
    note: str


@dataclass
class Totals:
    """The page."""

    drugs: list
    by_hand: list
    sums: list
    fluids: str
    oxygen: str
    windows: list
    days: list = field(default_factory=list)


def totals_of(sheet):
    """The totals of one `Sheet`, without the days before."""
    state, zone = sheet.state, sheet.session.site.zone
    return Totals(
        drugs=[drug_total(sheet, d) for d in state.drugs if d.started_at],
        by_hand=[Given(clinic_time(e.observed_at, zone), _amount(e.detail), state.is_uncertain(e))
                 for e in _by_hand(state)],
        sums=_sums(state),
        fluids=_fluids(state),
        oxygen=_oxygen(sheet),
        windows=[f"{clinic_time(a, zone)} to {clinic_time(b, zone)}" for a, b in state.uncertain],
    )  # fmt: skip


def totals_page(session, at):
    """The page of a session at `at`, with the earlier days of its course."""
    sheet = queries.sheet(session, at)
    page = totals_of(sheet)
    page.days = _days(sheet, days_before(session))
    return page


def drug_total(sheet, drug):
    """One infused drug in words."""
    extra = f", {figure(shown(drug.extra_mg))} mg of it by extension" if drug.extra_mg else ""
    ordered = f"{figure(shown(drug.planned_mg))} mg{extra}" if drug.planned_mg is not None else "no total ordered"
    rates = [(f"{figure(shown(rate))} mL/h", f"{figure(shown(minutes))} min") for rate, minutes in drug.at_rates]
    return DrugTotal(
        drug=drug.drug.capitalize(),
        given=f"{_mg(drug.mg)}, {figure(shown(drug.ml))} mL by the charted rates",
        per_kg=f"{figure(shown(drug.mg_per_kg))} mg/kg at {figure(drug.weight_kg)} kg" if drug.weight_kg else "",
        ordered=ordered,
        pump=pump_words(drug),
        uncertain=uncertain_words(drug) if sheet.state.dose_uncertain else "",
        rates=rates,
        syringes=[_syringe(sheet, drug, pk, use) for pk, use in drug.uses.items()],
    )


def _mg(mg):
    return f"{figure(shown(mg))} mg"


def pump_words(drug):
    """What the pump says beside what the rates make."""
    if drug.pump_mg is None:
        return "pump not read yet"
    apart = drug.pump_mg - drug.mg
    said = f"{_mg(drug.pump_mg)}, {figure(shown(drug.pump_ml))} mL by the pump"
    if not ledger.differs(drug.pump_mg, drug.mg):
        return said
    return f"{said}: {_mg(abs(apart))} {'more' if apart > 0 else 'less'} than the rates make"


def uncertain_words(drug):
    """ "12.25 mg of it uncertain, 23 mg certain": never one sum of both."""
    if not drug.uncertain_mg:
        return f"none of it uncertain, {_mg(drug.mg)} certain"
    return f"{_mg(drug.uncertain_mg)} of it uncertain, {_mg(drug.certain_mg)} certain"


def _syringe(sheet, drug, preparation_id, use):
    made = next((p for p in sheet.preparations if p.pk == preparation_id), None)
    left = ""
    if made is not None and use.pump_ml is not None and drug.preparation_id != preparation_id:
        left = f"{figure(shown(made.volume_ml - use.pump_ml))} mL left when changed"
    return Syringe(
        made.label if made else "-",
        f"{figure(made.volume_ml)} mL" if made else "not known",
        f"{figure(shown(use.ml))} mL",
        f"{figure(use.pump_ml)} mL" if use.pump_ml is not None else "not read",
        left,
    )


def _by_hand(state):
    return [e for e in state.effective if e.kind == "drug" and e.detail.action in ("given", "bolus", "fluid")]


def _amount(detail):
    much = f"{figure(detail.dose_mg)} mg" if detail.dose_mg is not None else f"{figure(detail.volume_ml)} mL"
    word = "bolus " if detail.action == "bolus" else ""
    return f"{word}{detail.drug} {much} {detail.route}".strip()


def _sums(state):
    """[(drug, mg in words, note)] of what was given by hand; what is uncertain is not in the sum."""
    sums, apart = defaultdict(Decimal), defaultdict(Decimal)
    for entry in state.drugs_given:
        (apart if state.is_uncertain(entry) else sums)[entry.detail.drug.capitalize()] += entry.detail.dose_mg
    names = dict.fromkeys([*sums, *apart])
    return [(name, _mg(sums[name]), f"and {_mg(apart[name])} uncertain" if apart[name] else "") for name in names]


def _fluids(state):
    rows = [e for e in state.effective if e.kind == "drug" and e.detail.action == "fluid"]
    if not rows:
        return ""
    sure = sum((e.detail.volume_ml for e in rows if not state.is_uncertain(e)), Decimal(0))
    apart = sum((e.detail.volume_ml for e in rows if state.is_uncertain(e)), Decimal(0))
    return f"{figure(shown(sure))} mL" + (f" and {figure(shown(apart))} mL uncertain" if apart else "")


def _oxygen(sheet):
    """Minutes on oxygen by the oxygen entries, up to now or the end."""
    changes = [e for e in sheet.state.effective if e.kind == "oxygen"]
    if not changes:
        return ""
    ends = [e.observed_at for e in changes[1:]] + [sheet.session.ended_at or sheet.at]
    on = sum((seconds(end - e.observed_at) for e, end in zip(changes, ends, strict=True) if e.detail.flow_l_min),
             Decimal(0))  # fmt: skip
    return f"{int(on // 60)} min" if on else ""


def _days(sheet, days):
    """The course's days of the main drug, with the running sum of what is certain; today comes last."""
    main = sheet.state.main
    if main is None:
        return []
    zone, given = sheet.session.site.zone, []
    for day in days:
        given += [(day.session.number, day.started_at, d) for d in day.drugs if d.drug == main.drug]
    if main.started_at:
        given.append((sheet.session.number, main.started_at, main))
    rows, sure, apart = [], Decimal(0), Decimal(0)
    for number, at, drug in given:
        sure, apart = sure + drug.certain_mg, apart + drug.uncertain_mg
        rows.append(_day_row(number, at, drug, _sum_words(sure, apart), zone))
    return rows


def _sum_words(sure, apart):
    return _mg(sure) + (f" and {_mg(apart)} uncertain" if apart else "")


def _day_row(number, at, drug, said, zone):
    note = f"{_mg(drug.uncertain_mg)} of it uncertain" if drug.uncertain_mg else ""
    per_kg = f"{figure(shown(drug.mg_per_kg))} mg/kg" if drug.weight_kg else ""
    return DayRow(number, clinic_date(at.astimezone(zone).date()), _mg(drug.mg), per_kg, f"{drug.minutes} min", said,
                  note)  # fmt: skip
