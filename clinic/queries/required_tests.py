"""What is known from required tests: for rules, pages and lists. Reads only, a constant number of queries."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, prefetch_related_objects

from clinic.catalogue.library import CATALOGUE, ONE_OF_A_KIND, kind_of, title_of
from clinic.models import Patient, TestOrder, TestResult
from clinic.prepared import Prepared
from clinic.rules.required_tests import flag_of, is_abnormal


@dataclass(frozen=True, slots=True)
class Value:
    """One value that stands. `flag`: low, high, normal, abnormal, unknown, or "" where it can't be either."""

    analyte: str
    label: str
    number: Decimal | None
    comparator: str
    choice: str
    words: str
    unit: str
    flag: str
    taken_on: date


@dataclass(frozen=True, slots=True)
class LatestTest:
    """The newest report of one test of the catalogue, and whether one is waited for.

    `taken_on` None: never done. `is_abnormal` None: unknown, because nothing is known or a range is missing.
    `is_verified`: a prescriber has read that report. `due_on`: the day of the order still open.
    """

    code: str
    title: str
    taken_on: date | None = None
    is_abnormal: bool | None = None
    is_verified: bool = False
    due_on: date | None = None
    values: tuple[Value, ...] = ()

    @property
    def is_ordered(self) -> bool:
        """Whether an order for it is open."""
        return self.due_on is not None

    def value(self, analyte: str) -> Value | None:
        """The value of this analyte on the newest report, None where it was not given."""
        return next((value for value in self.values if value.analyte == analyte), None)


def standing_results():
    """Result rows that count now: superseded and struck ones left out."""
    return TestResult.objects.filter(superseded_by__isnull=True, is_struck=False)


def orders_of(patient: Patient) -> list[TestOrder]:
    """Every order of this person, of both records where two are merged, newest first, each with `.standing` rows."""
    orders = _orders.rows(person=patient.person_id)
    prefetch_related_objects(orders, Prefetch("results", standing_results(), to_attr="standing"))
    return orders


_orders = Prepared(
    lambda of: (
        TestOrder.objects.filter(patient__person=of("person"))
        .select_related("patient", "site", "asked_by", "done_by", "verified_by", "cancelled_by")
        .order_by("-due_on", "-asked_at")
    )
)


def as_value(order: TestOrder, result: TestResult) -> Value:
    """One result row as a value with its flag."""
    analyte = kind_of(order).analyte(result.analyte)
    return Value(
        result.analyte,
        analyte.label,
        result.number,
        result.comparator,
        result.choice,
        result.words,
        result.unit,
        flag_of(analyte, result),
        result.taken_on,
    )


def latest_results(patient: Patient) -> dict[str, LatestTest]:
    """Code -> the newest report, for every test of the catalogue but "other". Two queries.

    The newest is the one taken last; among those of one day the one entered last.
    """
    by_code: dict[str, list[TestOrder]] = {code: [] for code in ONE_OF_A_KIND}
    for order in orders_of(patient):
        if order.code in by_code:
            by_code[order.code].append(order)
    return {code: _latest(code, orders) for code, orders in by_code.items()}


def _latest(code, orders):
    due = next((order.due_on for order in orders if order.state == "ordered"), None)
    told = [order for order in orders if order.standing]
    if not told:
        return LatestTest(code, CATALOGUE[code].title, due_on=due)
    newest = max(told, key=lambda order: (taken_on(order), order.done_at))
    values = in_order(newest)
    off = is_abnormal(value.flag for value in values)
    return LatestTest(code, title_of(newest), taken_on(newest), off, newest.verified_at is not None, due, values)


def taken_on(order: TestOrder) -> date | None:
    """The day of the newest sample of an order from `orders_of`, None without a result."""
    return max((result.taken_on for result in order.standing), default=None)


def in_order(order: TestOrder) -> tuple[Value, ...]:
    """The values of an order from `orders_of`, in the catalogue's order."""
    places = {analyte.code: place for place, analyte in enumerate(kind_of(order).analytes)}
    rows = sorted(order.standing, key=lambda row: places.get(row.analyte, len(places)))
    return tuple(as_value(order, row) for row in rows)


def order_by_id(pk):
    """One order as a queryset, for the access door."""
    return TestOrder.objects.filter(pk=pk).select_related(
        "patient", "site", "asked_by", "done_by", "verified_by", "cancelled_by"
    )


def result_by_id(pk):
    """One result as a queryset, for the access door."""
    return TestResult.objects.filter(pk=pk).select_related("patient", "order__patient", "order__site", "entered_by")
