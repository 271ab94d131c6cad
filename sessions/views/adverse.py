"""Adverse events: the list of the site, one event with how it went on, and its report."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from clinic import access, clock
from sessions.access import CLINICIANS, event_or_404, is_prescriber
from sessions.forms import adverse as forms
from sessions.presenters import adverse as present
from sessions.presenters.frame import frame
from sessions.presenters.words import Words
from sessions.rules.adverse import SERIOUS, missing_in_report
from sessions.views.flow import attempt, deed, typed


@access.staff(*CLINICIANS)
@require_safe
def event_list(request):
    """Adverse events of the current site: what waits, what was serious, all of ninety days."""
    lines, shown, filters = present.event_list([request.site], clock.now(), request.GET.get("show"))
    return render(request, "sessions/event_list.html", {"lines": lines, "shown": shown, "filters": filters})


@access.staff(*CLINICIANS)
@require_safe
def event_show(request, pk):
    """One event: what was charted, how it went on, its report."""
    event = event_or_404(request, pk)
    return render(request, "sessions/event_show.html", _context(request, event))


def _context(request, event):
    session = event.entry.session
    return frame(request, session) | {
        "event": event,
        "line": present.line(event, clock.now()),
        "looks": present.follow_up_lines(event, session.site.zone),
    }


@access.staff(*CLINICIANS)
def event_follow_up(request, pk):
    """How it is now."""
    event = event_or_404(request, pk)
    words = Words(f"How is it now: {event.detail.term}", "Save how it is", "Saved.")
    form = forms.FollowUpForm(typed(request), event=event)
    return deed(request, event.entry.session, form, words, then=lambda saved: _url(event))


@access.staff(*CLINICIANS)
@require_POST
def report_begin(request, pk):
    """Begin the report of a serious event."""
    event = event_or_404(request, pk)
    form = forms.BeginReportForm(request.POST, event=event)
    _, status = attempt(request, form)
    if status != 302:
        return render(request, "sessions/event_show.html", _context(request, event) | {"form": form}, status=status)
    return HttpResponseRedirect(_url(event, "report-edit"))


@access.staff(*CLINICIANS)
def report_edit(request, pk):
    """The report of a serious event: the record's own facts beside what must be written; a prescriber signs it."""
    event = event_or_404(request, pk)
    report = event.report
    if report is None or report.is_signed:
        return HttpResponseRedirect(_url(event))
    form = forms.ReportForm(typed(request), report=report)
    missing = missing_in_report({name: getattr(report, name) for name in (*forms.actions.adverse.FIELDS, "criteria")})
    words = Words(f"Report: {event.detail.term}", "Save the draft", "Saved.",
                  lead="A draft may have gaps. What the record says is put beside it by itself.")  # fmt: skip
    return deed(
        request, event.entry.session, form, words, template="sessions/report_edit.html", then=lambda saved: _url(event),
        event=event, report=report, facts=present.report_facts(event, clock.now()), missing=missing,
        prescriber=is_prescriber(request, event.entry.session),
    )  # fmt: skip


@access.staff(*CLINICIANS)
@access.takes
@require_safe
def report_print(request, pk):
    """The report on paper: signed as it was signed, a draft marked as one."""
    event = event_or_404(request, pk)
    if event.report is None:
        return HttpResponseRedirect(_url(event))
    facts = event.report.facts or present.report_facts(event, clock.now())
    context = _context(request, event) | {"facts": facts, "criteria": [SERIOUS[c] for c in event.report.criteria]}
    return render(request, "sessions/report_paper.html", context)


def _url(event, name="event-show"):
    return reverse(f"sessions:{name}", args=[event.root.pk])
