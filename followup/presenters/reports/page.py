"""One report as a page: its period, the answer, its tables; for a reader who may have it."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404
from django.utils.http import urlencode
from django.utils.text import slugify

from clinic import access
from clinic.models.base import CLINICAL, MENTAL
from clinic.words import today_in
from followup.forms.reports import PRESETS, PeriodForm
from followup.presenters.reports import REPORTS, Spec
from followup.presenters.reports.tables import Report, Table
from followup.queries.reports.scope import Scope


@dataclass(frozen=True)
class Preset:
    """A period a tap away."""

    words: str
    query: str
    is_shown: bool


@dataclass(frozen=True)
class Page:
    """The report with its form; `report` None when the days typed are no period."""

    spec: Spec
    form: PeriodForm
    scope: Scope | None
    report: Report | None
    presets: list[Preset]

    @property
    def query(self) -> str:
        """The period as the end of an address, for the files of the same days."""
        return "" if self.scope is None else f"?{_query(self.scope.first, self.scope.last)}"

    def file_name(self, key: str, ending: str) -> str:
        """reports-visits-by-kind-2026-02-01-2026-05-01.csv: says what it is, names nobody."""
        days = f"{self.scope.first}-{self.scope.last}"
        return f"report-{self.spec.slug}-{key}-{slugify(self.scope.site.name)}-{days}.{ending}"


def may_read_clinical(request) -> bool:
    """May this reader have the clinical reports at the current site?"""
    return access.sees(request, CLINICAL) and access.sees(request, MENTAL)


def report_page(request, slug: str, now) -> Page:
    """The report of this name over the days asked for; Http404 for one the reader may not have."""
    spec, clinical = REPORTS.get(slug), may_read_clinical(request)
    if spec is None or (spec.is_clinical and not clinical):
        raise Http404
    today = today_in(request.site.zone, now)
    typed = request.GET if {"first", "last"} & set(request.GET) else None
    form = PeriodForm(typed, today=today)
    days = form.days
    scope = Scope(request.site, *days, now, clinical) if days else None
    return Page(spec, form, scope, spec.build(scope) if scope else None, _presets(today, days))


def table_or_404(page: Page, key: str) -> Table:
    """One table of a report; Http404 when these days have none of that name."""
    table = page.report.table(key) if page.report else None
    if table is None:
        raise Http404
    return table


def _presets(today, days) -> list[Preset]:
    spans = [(words, (today - timedelta(days=count - 1), today)) for count, words in PRESETS]
    return [Preset(words, _query(*span), span == days) for words, span in spans]


def _query(first, last) -> str:
    return urlencode({"first": first.isoformat(), "last": last.isoformat()})
