"""Required tests as pages show them: one person's tests with their trend, one test, and the list of what is due."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from clinic import access, documents
from clinic.catalogue.library import CATALOGUE, NUMBER, kind_of, title_of
from clinic.charts.data import Spark
from clinic.models import Document, Patient, TestOrder, TestResult
from clinic.models.base import CLINICAL
from clinic.queries.required_tests import orders_of, taken_on
from clinic.rules import required_tests as rules

A_PAGE = 50
FILTERS = (("due", "Waited for"), ("overdue", "Overdue"), ("read", "To be read"))
FLAG_LEVELS = {rules.LOW: "caution", rules.HIGH: "caution", rules.ABNORMAL: "caution", rules.NORMAL: "ok"}
SUBJECT = "clinic.testorder"


@dataclass(frozen=True)
class Line:
    """One value in words: what was found, the range of its report, what that says."""

    row: TestResult
    label: str
    words: str
    range: str
    flag: str

    @property
    def says(self) -> str:
        """The flag in words."""
        return rules.FLAG_WORDS[self.flag]

    @property
    def level(self) -> str:
        """How the flag is drawn: caution, ok, or "" for words alone."""
        return FLAG_LEVELS.get(self.flag, "")

    @property
    def is_off(self) -> bool:
        """Whether it lies outside."""
        return self.flag in rules.OFF


@dataclass(frozen=True)
class Shown:
    """One order as it is shown; `taken_on` None without a result."""

    order: TestOrder
    title: str
    state: str
    taken_on: date | None = None
    is_overdue: bool = False
    lines: list[Line] = field(default_factory=list)
    files: list[Document] = field(default_factory=list)
    earlier_number: str = ""

    @property
    def off(self) -> list[Line]:
        """The values that lie outside."""
        return [line for line in self.lines if line.is_off]

    @property
    def summary(self) -> str:
        """The result in one line: what is off, else what was found."""
        if not self.lines:
            return ""
        told = self.off or self.lines[:1]
        words = ", ".join(f"{line.label} {line.words}" for line in told)
        return words if self.off or len(self.lines) == 1 else f"{words} and {len(self.lines) - 1} more"


def line_of(order: TestOrder, row: TestResult) -> Line:
    """One value of an order in words."""
    analyte = kind_of(order).analyte(row.analyte)
    flag = rules.flag_of(analyte, row)
    return Line(row, analyte.label, rules.value_words(analyte, row), rules.range_words(row), flag)


def shown(order: TestOrder, at, files=(), reader: Patient | None = None) -> Shown:
    """An order from `orders_of` as it is shown; `reader` is the record it is shown under."""
    today = at.astimezone(order.site.zone).date()
    places = {analyte.code: place for place, analyte in enumerate(kind_of(order).analytes)}
    rows = sorted(order.standing, key=lambda row: places.get(row.analyte, len(places)))
    moved = order.patient.record_number if reader is not None and order.patient_id != reader.pk else ""
    return Shown(
        order,
        title_of(order),
        state_words(order, today),
        taken_on(order),
        order.is_overdue(today),
        [line_of(order, row) for row in rows],
        list(files),
        moved,
    )


def state_words(order: TestOrder, today: date) -> str:
    """How an order stands, in words."""
    if order.state == "ordered":
        return rules.age_words(order.due_on, today)
    if order.state == "cancelled":
        return f"not needed: {order.cancel_reason}"
    return "read by the prescriber" if order.verified_at else "to be read by the prescriber"


@dataclass(frozen=True)
class Trend:
    """An analyte measured at least twice in one unit: its figures, oldest first, and a small curve."""

    label: str
    unit: str
    points: list[tuple[date, Decimal]]
    spark: Spark

    @property
    def newest(self) -> str:
        """The last figure."""
        return rules.figure(self.points[-1][1])


@dataclass(frozen=True)
class PatientTests:
    """A person's tests: what is waited for first, then what is in, the curves, what may be done."""

    waiting: list[Shown]
    done: list[Shown]
    ended: list[Shown]
    trends: list[Trend]
    may_ask: bool
    may_enter: bool
    kinds: list


def patient_tests(request, patient: Patient, at) -> PatientTests:
    """Everything of this person's tests. Three queries."""
    orders = orders_of(patient)
    about = _files_of(request, patient)
    lines = [shown(order, at, about.get(order.pk, ()), patient) for order in orders]
    waiting = sorted((one for one in lines if one.order.state == "ordered"), key=lambda one: one.order.due_on)
    done = [one for one in lines if one.order.state == "done"]
    roles = access.roles_at(request, request.site)
    return PatientTests(
        waiting,
        sorted(done, key=lambda one: (one.taken_on, one.order.done_at), reverse=True),
        [one for one in lines if one.order.state == "cancelled"],
        trends(orders),
        rules.can_ask(roles),
        rules.can_enter(state="ordered", roles=roles),
        list(CATALOGUE.values()),
    )


def _files_of(request, patient):
    rows = Document.objects.filter(patient__person=patient.person_id, subject_kind=SUBJECT).select_related("made_by")
    found: dict = {}
    for document in documents.seen_by(request, rows):
        found.setdefault(document.subject_id, []).append(document)
    return found


def trends(orders) -> list[Trend]:
    """The curves of everything measured at least twice in one unit, in the catalogue's order."""
    series: dict = {}
    for order in orders:
        for row in order.standing:
            analyte = kind_of(order).analyte(row.analyte)
            if analyte.kind == NUMBER and row.number is not None and not row.comparator:
                key = (list(CATALOGUE).index(order.code), analyte.label, analyte.unit(row.unit).words)
                series.setdefault(key, []).append((row.taken_on, row.entered_at, row.number))
    return [_trend(*key[1:], sorted(series[key])) for key in sorted(series) if len(series[key]) > 1]


def _trend(label, unit, rows):
    points = [(day, number) for day, _, number in rows]
    values = [float(number) for _, number in points]
    return Trend(label, unit, points, Spark(values=values, label=f"{label}, {len(values)} results"))


@dataclass(frozen=True)
class Panel:
    """The tests on the assessment screen: what is waited for, what is in, what is missing altogether."""

    patient: Patient
    waiting: list[Shown]
    done: list[Shown]
    may_ask: bool
    may_enter: bool


def tests_panel(request, patient: Patient, at) -> Panel:
    """The panel of `clinic/_tests_panel.html`: open tests, and the newest report of each kind. Three queries."""
    page = patient_tests(request, patient, at)
    newest: dict = {}
    for one in page.done:
        newest.setdefault((one.order.code, one.order.title), one)
    return Panel(patient, page.waiting, list(newest.values()), page.may_ask, page.may_enter)


@dataclass(frozen=True)
class Replaced:
    """A value that stands no more, and the row that took its place, with its reason."""

    line: Line
    by: TestResult

    @property
    def how(self) -> str:
        """What became of it."""
        return "taken back" if self.by.is_struck else "corrected"


@dataclass(frozen=True)
class OneTest:
    """One test with everything that was ever entered for it."""

    shown: Shown
    history: list[Replaced]
    missing: list
    may_enter: bool
    may_cancel: bool
    may_verify: bool


def one_test(request, order: TestOrder, at) -> OneTest:
    """One order with its values, the rows they replaced, its files and what may be done. Three queries."""
    roles = access.roles_at(request, order.site)
    rows = list(order.results.select_related("entered_by").order_by("analyte", "entered_at", "pk"))
    replaced = {row.supersedes_id: row for row in rows if row.supersedes_id}
    order.standing = [row for row in rows if row.pk not in replaced and not row.is_struck]
    files = documents.seen_by(request, documents.documents_about(order).select_related("made_by"))
    there = {row.analyte for row in order.standing}
    return OneTest(
        shown(order, at, files),
        [Replaced(line_of(order, row), replaced[row.pk]) for row in rows if row.pk in replaced and not row.is_struck],
        [analyte for analyte in kind_of(order).analytes if analyte.code not in there],
        rules.can_enter(state=order.state, roles=roles),
        rules.can_ask(roles) and order.state == "ordered",
        rules.can_verify(state=order.state, is_verified=order.verified_at is not None, roles=roles),
    )


@dataclass(frozen=True)
class DueLine:
    """One row of the worklist as this reader may read it."""

    order: TestOrder
    words: str
    state: str
    is_overdue: bool


@dataclass(frozen=True)
class Worklist:
    """One page of the worklist with how many each filter holds."""

    lines: list[DueLine]
    page_obj: Page
    shown: str
    filters: list[tuple[str, str, int]]
    clinical: bool
    overdue: int


def worklist(request, at) -> Worklist:
    """Tests of the current site that wait: for a result, or for the prescriber. Three queries."""
    clinical = access.sees(request, CLINICAL)
    filters = FILTERS if clinical else FILTERS[:2]
    picked = request.GET.get("show") if request.GET.get("show") in dict(filters) else "due"
    today = at.astimezone(request.site.zone).date()
    rows = TestOrder.objects.filter(site=request.site, patient__in=access.patients_for(request))
    wanted = {
        "due": Q(state="ordered"),
        "overdue": Q(state="ordered", due_on__lt=today),
        "read": Q(state="done", verified_at__isnull=True),
    }
    counts = rows.aggregate(**{code: Count("pk", filter=query) for code, query in wanted.items()})
    found = rows.filter(wanted[picked]).select_related("patient", "site").order_by("due_on", "asked_at", "pk")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return Worklist(
        [_due_line(order, today, clinical) for order in page],
        page,
        picked,
        [(code, words, counts[code]) for code, words in filters],
        clinical,
        counts["overdue"],
    )


def _due_line(order, today, clinical):
    words = title_of(order) if clinical else "A test"
    return DueLine(order, words, state_words(order, today), order.is_overdue(today))
