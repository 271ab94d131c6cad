"""The paper of a day: the list, each patient's signed plan with a blank run sheet, spare sheets, the safe's ledger."""

from dataclasses import dataclass, field

from clinic.words import clinic_date, clinic_time, figure, today_in
from sessions.presenters.words import LONG, UNITS
from sessions.queries import packs as rows
from sessions.rules import checklist
from sessions.rules import packs as rules

# What has its own column on the blank sheet; other measures of the protocol share one.
COLUMNS = ("systolic", "diastolic", "heart_rate", "spo2", "resp_rate", "sedation", "pain", "dissociation")
SPARE_SHEETS = 2
# A sheet with more lines than this has them closer together: with them apart it would need a second page.
LINES_APART = 18


@dataclass
class Sheet:
    """One blank run sheet; without a visit it is a spare."""

    visit: object = None
    dose: list = field(default_factory=list)
    limits: list = field(default_factory=list)
    infusion: list = field(default_factory=list)
    recovery: list = field(default_factory=list)
    checks: list = field(default_factory=list)
    standing: list = field(default_factory=list)

    @property
    def is_long(self):
        """Whether its lines stand closer, so that it stays one page."""
        return len(self.infusion) + len(self.recovery) > LINES_APART


@dataclass
class Pack:
    """Everything of one site's day."""

    site: object
    day: object
    made: str
    visits: list
    sheets: list
    safe: list
    phones: list


def pack_page(site, day, now):
    """The pack as it would be printed now. A fixed number of queries and one for each protocol that is new here."""
    visits = rows.visits_of(site, day)
    policy = site.policy
    phones = [("Emergency", policy.emergency_phone), ("Out of hours", policy.out_of_hours_phone)] if policy else []
    return Pack(
        site=site,
        day=day,
        made=f"{clinic_date(today_in(site.zone, now))} {clinic_time(now, site.zone)}",
        visits=visits,
        sheets=[*(_sheet(v) for v in visits), *(_spare() for _ in range(SPARE_SHEETS))],
        safe=rows.safe_of(site),
        phones=[(name, number) for name, number in phones if number],
    )


def context(site, day, now):
    """For the templates of the pack: page and columns."""
    return {"page": pack_page(site, day, now), "columns": [(LONG[m], UNITS.get(m, "")) for m in COLUMNS]}


def _sheet(visit):
    plan = visit.plan
    if plan is None:
        return _spare(visit)
    return Sheet(
        visit=visit,
        dose=[words for drug in plan.drugs for words in _dose(visit.appointment.course, plan, drug)],
        limits=_limits(plan.limits),
        infusion=_lines(rules.lines(plan.intervals_in("infusing"), plan.infusion_minutes)),
        recovery=_lines(rules.lines(plan.intervals_in("observation"), plan.observe_minutes)),
        checks=_checks(plan.checks),
        standing=[_standing(row) for row in visit.standing],
    )


def _spare(visit=None):
    return Sheet(visit=visit, infusion=[""] * 12, recovery=[""] * 6, checks=_checks(()))


def _lines(minutes):
    return [f"+{minute}" for minute in minutes] + [""] * rules.SPARE_LINES


def _checks(codes):
    wanted = set(checklist.ALWAYS) | set(codes)
    return [checklist.BY_CODE[code].label for code in checklist.BY_CODE if code in wanted]


def _dose(course, plan, drug):
    """The signed plan of one drug in words, ending in what is worked out by hand."""
    main = plan.drugs[0] == drug and course.dose_basis == drug.basis
    per = course.dose if main else drug.dose
    bounds = drug.bounds
    yield f"{drug.drug.capitalize()} {figure(per)} {drug.basis} over {figure(plan.infusion_minutes)} min, {drug.route}"
    if drug.strength_mg_ml is not None:
        yield f"in the syringe or bag: {figure(drug.strength_mg_ml)} mg/mL"
    if bounds.max_total_mg is not None:
        yield f"never more than {figure(bounds.max_total_mg)} mg in all"
    if bounds.max_rate_mg_kg_h is not None:
        yield f"never faster than {figure(bounds.max_rate_mg_kg_h)} mg/kg/h"
    for minute, rate in drug.steps:
        yield f"from minute {minute}: {figure(rate)} {'mg/h' if drug.basis == 'mg/h' else 'mg/kg/h'}"


def _limits(limits):
    """ "SpO2 caution < 94, alarm < 90" of each measure: what a pen looks up."""
    found = {}
    for limit in limits:
        edge = ">" if limit.direction == "high" else "<"
        unit = {"percent": " % off the baseline", "drop": " off the baseline"}.get(limit.kind, "")
        found.setdefault(limit.measure, []).append(f"{limit.level} {edge} {figure(limit.value)}{unit}")
    return [f"{LONG[measure]} {', '.join(said)}" for measure, said in found.items()]


def _standing(row):
    return f"{row.drug} {figure(row.dose)} {row.unit} {row.route} for {row.condition}, at most {row.max_doses}, " \
           f"{row.interval_minutes} min apart"  # fmt: skip


@dataclass(frozen=True)
class PackRow:
    """One pack in the list, or a try that failed."""

    pack: object
    made: str
    by: str
    words: str


@dataclass(frozen=True)
class PacksPage:
    """The packs of a site: today's first, with what changed since it was printed."""

    today: object
    latest: object
    changes: object
    failed: object
    rows: list
    visits: int
    at_words: str


def packs_page(site, now):
    """The page of one site."""
    today = today_in(site.zone, now)
    visits = rows.visits_of(site, today)
    latest = rows.latest(site, today)
    made = rows.packs_of(site)
    failed = next((p for p in made if p.problem and p.day == today), None)
    opens = rows.opening(site, today)
    minutes = site.policy.pack_minutes_before if site.policy else 60
    return PacksPage(
        today=today,
        latest=latest,
        changes=rules.compare(latest.visits, rows.marks(visits)) if latest else None,
        failed=failed if failed and (latest is None or latest.made_at < failed.made_at) else None,
        rows=[_row(p, site) for p in made],
        visits=len(visits),
        at_words=f"{minutes} minutes before opening at {clinic_time(opens, site.zone)}" if opens else "",
    )


def _row(pack, site):
    made = f"{clinic_date(pack.made_at.astimezone(site.zone).date())} {clinic_time(pack.made_at, site.zone)}"
    said = pack.problem or f"{len(pack.visits)} visits, {pack.size // 1024 + 1} kB"
    return PackRow(pack, made, pack.made_by.name if pack.made_by else "by itself", said)
