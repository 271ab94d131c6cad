"""Sign-ins as pages: one's own, and those of the people an admin looks after."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import access, audit, clock
from clinic.actions import sign_ins as actions
from clinic.actions.browsers import forget_browser
from clinic.forms_sign_in import LostForm
from clinic.models import Role
from clinic.presenters.sign_ins import sign_in_page
from clinic.queries import sign_ins as queries
from clinic.refusal import Refused

ADMIN = Role.CLINIC_ADMIN.value


@access.staff()
@require_safe
def own(request):
    """One's own sign-in: factors, PIN, where one is signed in, known browsers, what happened lately."""
    page = sign_in_page(request.user, here=request.session.session_key)
    return render(request, "clinic/sign_in_own.html", {"page": page})


@access.staff()
@require_POST
def session_end(request, pk):
    """End one of one's own sign-ins."""
    session = _or_404(queries.session_of(request.user, pk))
    return _done(request, partial(actions.end_session, session=session), "That sign-in is ended.", "clinic:sign-in-own")


@access.staff()
@require_POST
def session_end_others(request):
    """End all one's own sign-ins but this one."""
    deed = partial(actions.end_other_sessions, but=request.session.session_key)
    return _done(request, deed, "You are signed in here only.", "clinic:sign-in-own")


@access.staff()
@require_POST
def browser_forget(request, pk):
    """One of one's own browsers is a strange one from now on."""
    browser = _or_404(queries.browser_of(request.user, pk))
    return _done(request, partial(forget_browser, browser=browser), "That browser is forgotten.", "clinic:sign-in-own")


@access.staff(ADMIN)
@require_safe
def person_show(request, pk):
    """The sign-ins of somebody whom this admin looks after."""
    person = _person_or_404(request, pk)
    audit.looked(request, "look clinic:staff-sign-in", person, site=request.site)
    return render(request, "clinic/staff_sign_in.html", {"page": sign_in_page(person)})


@access.staff(ADMIN)
@require_POST
def person_session_end(request, pk, session):
    """End one sign-in of theirs."""
    found = _or_404(queries.session_of(_person_or_404(request, pk), session))
    return _done(request, partial(actions.end_session, session=found), "That sign-in is ended.", _page_of(pk))


@access.staff(ADMIN)
@require_POST
def person_sign_out(request, pk):
    """End all their sign-ins."""
    person = _person_or_404(request, pk)
    words = f"{person.name} is signed out everywhere."
    return _done(request, partial(actions.end_all_sessions, user=person), words, _page_of(pk))


@access.staff(ADMIN)
@require_POST
def person_reset(request, pk):
    """Mail them the letter with which they choose a new password."""
    person = _person_or_404(request, pk)
    words = f"The letter is on its way to {person.email}."
    return _done(request, partial(actions.send_reset, user=person), words, _page_of(pk))


@access.staff(ADMIN, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def person_lost(request, pk):
    """They lost a device: every factor and sign-in of theirs is dead at once. Asks for a fresh proof and a reason."""
    person, status = _person_or_404(request, pk), 200
    form = LostForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        status = _take(request, person, form)
        if status == 302:
            messages.success(request, f"Every factor and sign-in of {person.name} is ended. A letter is on its way.")
            return HttpResponseRedirect(_page_of(pk))
    context = {"form": form, "person": person, "has_errors": status != 200}
    return render(request, "clinic/staff_lost.html", context, status=status)


def _take(request, person, form):
    if not form.is_valid():
        return 422
    try:
        actions.take_factors(user=person, by=request.user, **form.cleaned_data)
    except Refused as refused:
        for item in refused.items:
            form.add_error(item.field or None, item.text)
        return 422
    return 302


def _done(request, deed, words, there):
    try:
        deed(by=request.user)
        messages.success(request, words)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(there)


def _page_of(pk):
    return reverse("clinic:staff-sign-in", args=[pk])


def _person_or_404(request, pk):
    return _or_404(queries.people_under(request.user, clock.now()).filter(pk=pk).first())


def _or_404(row):
    if row is None:
        raise Http404
    return row
