"""The dose page: mg, mg/kg, mL and mL/h side by side with the weight they rest on, and what they are compared with."""

from dataclasses import dataclass, field

from django.http import Http404
from django.shortcuts import render

from clinic.refusal import Refused
from clinic.words import clinic_date, clinic_time, figure
from sessions import queries
from sessions.access import is_prescriber
from sessions.presenters import links
from sessions.presenters.concerns import decide_url
from sessions.presenters.frame import frame
from sessions.presenters.words import Words
from sessions.queries.concerns import concern_items
from sessions.queries.last import last_pump
from sessions.queries.sheet import dose_figures, previous_dose
from sessions.rules.dose import shown
from sessions.rules.read_back import dose_figures as said_figures
from sessions.rules.read_back import sentence

TYPED = ("drug", "basis", "per_unit", "minutes", "strength_mg_ml", "pump", "version")


@dataclass
class Proposal:
    """The plan's dose for today's weight; `missing` says why there is none."""

    initial: dict = field(default_factory=dict)
    rows: list = field(default_factory=list)
    weight: str = ""
    bounds: list = field(default_factory=list)
    before: str = ""
    drugs: list = field(default_factory=list)
    missing: list = field(default_factory=list)
    items: list = field(default_factory=list)
    drug: str = ""
    order: object = None
    ends: str = ""
    steps: list = field(default_factory=list)


def proposal(session, at, drug=None):
    """The signed plan's dose, shown before anything is typed."""
    sheet = queries.sheet(session, at)
    drug_plan = sheet.plan.drug(drug) if drug else (sheet.plan.drugs[0] if sheet.plan.drugs else None)
    if drug_plan is None:
        raise Http404
    page = Proposal(drugs=[d.drug for d in sheet.plan.drugs], drug=drug_plan.drug)
    page.order = next((o for o in sheet.dose_orders if o.drug == drug_plan.drug), None)
    page.bounds, page.ends = bounds_words(drug_plan), _ends(drug_plan)
    page.steps = [
        f"from minute {m}: {figure(r)} {'mg/h' if drug_plan.basis == 'mg/h' else 'mg/kg/h'}" for m, r in drug_plan.steps
    ]
    try:
        dose, page.items = queries.propose_dose(session, drug_plan.drug, at=at)
    except Refused as refused:
        page.missing = links.linked(session, refused.items)
        return page
    figures = dose_figures(session, sheet.plan, drug_plan, sheet.state.weight_kg, {})
    page.initial = {name: figures[name] for name in ("basis", "weight_kind")} | _plain(figures)
    page.initial |= {"drug": drug_plan.drug, "version": session.version, "pump": last_pump(session, drug_plan.drug)}
    page.rows = rows(dose)
    page.weight = weight_words(sheet, dose, figures["weight_kind"])
    page.before = before_words(dose, previous_dose(session, drug_plan.drug))
    return page


def _plain(figures):
    """Typed figures as a person would write them."""
    return {name: figure(figures[name]) for name in ("per_unit", "minutes", "strength_mg_ml")}


def rows(dose):
    """[(words, value with its unit)]: the four that stand side by side."""
    return [
        ("in all", f"{figure(shown(dose.mg))} mg"),
        (f"at {figure(dose.weight_kg)} kg", f"{figure(shown(dose.mg_per_kg))} mg/kg"),
        (f"of {figure(shown(dose.strength_mg_ml))} mg/mL", f"{figure(shown(dose.ml))} mL"),
        (f"over {figure(dose.minutes)} min", f"{figure(shown(dose.ml_per_h))} mL/h"),
    ]


def order_rows(order):
    """The same four of an order that is signed."""
    return [
        ("in all", f"{figure(shown(order.planned_mg))} mg"),
        (f"at {figure(order.dosing_weight_kg)} kg", f"{figure(shown(order.mg_per_kg))} mg/kg"),
        (f"of {figure(shown(order.strength_mg_ml))} mg/mL", f"{figure(shown(order.volume_ml))} mL"),
        (f"over {figure(order.minutes)} min", f"{figure(shown(order.rate_ml_h))} mL/h"),
    ]


def weight_words(sheet, dose, kind):
    """Which weight the dose rests on, how it is known and when it was taken."""
    entry = sheet.state.weight
    how = entry.detail.get_basis_display().lower()
    when = clinic_time(entry.observed_at, sheet.session.site.zone)
    day = "" if entry.detail.basis == "measured" else f" of {clinic_date(entry.detail.measured_on)}"
    used = "" if kind == "actual" else f", used as {kind}: {figure(dose.weight_kg)} kg"
    return f"{figure(sheet.state.weight_kg)} kg, {how}{day}, {when}{used}"


def before_words(dose, before):
    """The change against last time's dose of this drug."""
    if before is None:
        return "No dose of this drug before"
    change = dose.mg - before
    if change == 0:
        return f"Same as last time, {figure(shown(before))} mg"
    word = "more" if change > 0 else "less"
    return f"{figure(shown(abs(change)))} mg {word} than last time ({figure(shown(before))} mg)"


def bounds_words(drug_plan):
    """[(words, value)] of the protocol's bounds."""
    b = drug_plan.bounds
    return [(words, f"{figure(shown(value))} {unit}") for words, value, unit in (
        ("Lowest dose", b.low, drug_plan.basis), ("Highest dose", b.high, drug_plan.basis),
        ("Highest rate", b.max_rate_mg_h, "mg/h"), ("Highest rate", b.max_rate_mg_kg_h, "mg/kg/h"),
        ("Never more than", b.max_total_mg, "mg"),
    ) if value is not None]  # fmt: skip


def _ends(drug_plan):
    said = {
        "total": "ends at the total dose",
        "time": "ends after the time",
        "first": "ends at the dose or the time, whichever comes first",
    }
    return said.get(drug_plan.ends_by, "")


def dose_page(request, session, form, page, *, confirming):
    """The page that reads the typed dose back before it is signed; 422 when it can't be."""
    template, status = "sessions/dose.html", 200
    words = Words("Order and dose", f"Sign the dose for {session.patient}")
    context = frame(request, session) | {"form": form, "words": words, "page": page}
    if not form.is_valid():
        status = 422
    elif confirming:
        try:
            context |= _read_back(session, form, is_prescriber=is_prescriber(request, session))
            template = "sessions/dose_confirm.html"
        except Refused as refused:
            form.take(refused)
            status = 422
    return render(request, template, context | {"has_errors": status != 200}, status=status)


def _read_back(session, form, *, is_prescriber):
    typed = form.dose()
    drug, basis = typed.pop("drug"), typed.pop("basis")
    dose, items = queries.propose_dose(session, drug, basis=basis, weight_kind=form.initial["weight_kind"], **typed)
    hard = [item for item in items if item.code.startswith("hard.")]
    if hard:
        raise Refused(*hard)
    items += concern_items(session, drug, is_prescriber=is_prescriber)
    needs = [item for item in items if item.code.startswith("prescriber.")]
    figures = said_figures(dose, drug=drug, per_unit=typed["per_unit"], basis=basis)
    form.ask([item for item in items if item.code.startswith("confirm.")])
    return {
        "rows": rows(dose),
        "before": before_words(dose, previous_dose(session, drug)),
        "needs": needs,
        "said_back": sentence("dose", **figures) if needs and not is_prescriber else "",
        "concerns": [item for item in items if item.code.startswith("concern.")],
        "decide": decide_url(session, drug),
        "typed": [(name, form.data[name]) for name in TYPED if name in form.data],
    }


def open_dose_order(session):
    """The dose order that is to be prepared now: the first without a preparation, else the main one."""
    orders = queries.dose_orders_of(session)
    bare = [o for o in orders if not o.preparations.exists()]
    return (bare or orders or [None])[0]
