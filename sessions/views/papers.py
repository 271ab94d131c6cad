"""Enter from paper: after an outage, whose sheet it is, its lines, its end, its author's signature."""

from django.urls import reverse

from clinic import access
from sessions.access import CLINICIANS, part_or_404, session_or_404, visit_or_404
from sessions.countersign import quick_people
from sessions.forms import papers as forms
from sessions.presenters.papers import sheet_page, sheets_of
from sessions.presenters.words import Words
from sessions.queries.sheet import dose_orders_of
from sessions.views.flow import deed, site_deed, typed


@access.staff(*CLINICIANS)
def paper_open(request, pk):
    """The sheets of this session, and a new one."""
    session = session_or_404(request, pk)
    day = session.checked_in_at.astimezone(session.site.zone).date()
    form = forms.OpenSheetForm(typed(request), session=session, initial={"sheet_on": day.isoformat()})
    words = Words("Enter from paper", "Begin to type it in", "")
    return deed(request, session, form, words, template="sessions/paper_open.html", sheets=sheets_of(session), then=_to)


def _to(sheet):
    return reverse("sessions:paper-lines", args=[sheet.session_id, sheet.pk])


@access.staff(*CLINICIANS)
def paper_lines(request, pk, paper):
    """The lines of one sheet, as they stand on the paper."""
    session, row = _sheet(request, pk, paper)
    form = forms.LinesForm(typed(request), sheet=row, orders=dose_orders_of(session))
    words = Words("Enter from paper", "Save these lines", "Saved, marked as entered from paper.")
    page = {"sheet": row, "page": sheet_page(row)}
    return deed(request, session, form, words, template="sessions/paper_lines.html", then=lambda _: _to(row), **page)


@access.staff(*CLINICIANS)
def paper_leave(request, pk, paper):
    """The patient went home, as the sheet says."""
    session, row = _sheet(request, pk, paper)
    form = forms.LeaveForm(typed(request), sheet=row)
    words = Words("Went home", "Record that the patient left", "Recorded, marked as entered from paper.",
                  lead=f"Judged on what {row.author.name} had charted by then.")  # fmt: skip
    return deed(request, session, form, words, then=lambda _: _to(row))


@access.staff(*CLINICIANS)
def paper_sign(request, pk, paper):
    """The author signs what was typed in."""
    session, row = _sheet(request, pk, paper)
    people = [user for user in quick_people(request, session.site) if user.pk == row.author_id]
    form = forms.SignSheetForm(typed(request), sheet=row, persons=people)
    words = Words("Signature of the author", "Sign the sheet", "Signed.",
                  lead=f"{row.author.name} charted on paper and signs that this is what stands there.")  # fmt: skip
    page = {"page": sheet_page(row), "sheet": row}
    return deed(request, session, form, words, template="sessions/paper_sign.html", then=lambda _: _to(row), **page)


def _sheet(request, pk, paper):
    session = session_or_404(request, pk)
    row = part_or_404(session, "paper_sheets", paper)
    row.session = session
    return session, row


@access.staff(*CLINICIANS)
def paper_arrive(request, pk):
    """A visit that was never checked in here, because it ran on paper."""
    visit = visit_or_404(request, pk)
    form = forms.ArriveForm(typed(request), appointment=visit)
    words = Words("A visit on paper", "Check in and type in the sheet", "Checked in, marked as entered from paper.")
    return site_deed(request, form, words, template="sessions/paper_arrive.html", then=_to, visit=visit)
