"""Corrections of the record: the patient's own pages through a link, and the clinic's list, answer and letters."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import access, audit, clock, language
from clinic import forms_amendments as forms
from clinic.actions import amendments as actions
from clinic.forms import add_refusal
from clinic.presenters.amendments import amendment_page, list_page
from clinic.presenters.banner import banner
from clinic.queries import amendments as queries
from clinic.refusal import Refused

PAGE = ["GET", "HEAD", "POST"]


# ---- the patient, through the link to their papers
@access.patient_link("documents", "home")
@require_safe
def own_list(request):
    """What the patient asked for, and how each one stands."""
    audit.looked(request, "look own corrections", patient=request.patient, site=request.site)
    context = {"requests": list(queries.of_patient(request.patient)), "clinic_site": request.site}
    return render(request, "clinic/amendment_own_list.html", context)


@access.patient_link("documents", "home")
@language.keeps_typed
@require_http_methods(PAGE)
def own_ask(request):
    """Ask for a correction."""
    parts = queries.parts_of(request.patient, other=_("Something else"), visit=_("My visit on %(when)s"))
    form = forms.AskForm(request.POST if request.method == "POST" else None, parts=parts)
    done = form.is_bound and form.is_valid() and _tried(form, patient=request.patient, site=request.site,
                                                        by=request.patient)  # fmt: skip
    if done:
        messages.success(request, _("We have your request."))
        return HttpResponseRedirect(reverse("clinic:amendment-own", args=[done.pk]))
    context = {"form": form, "clinic_site": request.site}
    return render(request, "clinic/amendment_own_ask.html", context, status=422 if form.is_bound else 200)


@access.patient_link("documents", "home")
@language.keeps_typed
@require_http_methods(PAGE)
def own_show(request, pk):
    """One request with our answer; after a denial the patient may state why they disagree."""
    asked = _own_or_404(request, pk)
    form = forms.DisagreeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _tried(form, request=asked, by=request.patient):
        messages.success(request, _("Your statement goes with your record."))
        return HttpResponseRedirect(reverse("clinic:amendment-own", args=[asked.pk]))
    context = {"asked": asked, "form": form, "clinic_site": request.site, "page": amendment_page(asked, clock.now())}
    return render(request, "clinic/amendment_own.html", context, status=422 if form.is_bound else 200)


@access.patient_link("documents", "home")
@require_POST
def own_withdraw(request, pk):
    """Take a request back."""
    asked = _own_or_404(request, pk)
    try:
        actions.withdraw_amendment(request=asked, by=request.patient)
    except Refused:
        messages.error(request, _("This was answered already."))
    return HttpResponseRedirect(reverse("clinic:amendment-own", args=[asked.pk]))


def _own_or_404(request, pk):
    asked = queries.of_patient(request.patient).filter(pk=pk).first()
    if asked is None:
        raise Http404
    audit.looked(request, "look own correction", asked, patient=request.patient, site=request.site)
    return asked


def _tried(form, **who):
    """What was saved, or None with the reasons on the form."""
    try:
        return form.save(**who)
    except Refused as refused:
        add_refusal(form, refused)
        return None


# ---- the clinic
@access.staff(*access.CLINICIANS)
@require_safe
def show_list(request):
    """Requests of the current site: those to answer by their due date, or the answered ones."""
    context = {"page": list_page(request, clock.now())}
    return render(request, "clinic/amendment_list.html", context)


@access.staff(*access.CLINICIANS)
@require_http_methods(PAGE)
def add(request, pk):
    """Write down what came by letter, by phone or in person."""
    patient = access.get_patient_or_404(request, pk)
    parts = queries.parts_of(patient, other="Another part of the record", visit="Visit on %(when)s", clinical=True)
    form = forms.AskByStaffForm(request.POST if request.method == "POST" else None, parts=parts)
    done = form.is_bound and form.is_valid() and _tried(form, patient=patient, site=request.site, by=request.user)
    if done:
        messages.success(request, "Kept. The prescribers have a task with the due date.")
        return HttpResponseRedirect(reverse("clinic:amendment-show", args=[done.pk]))
    context = {"form": form, "patient": patient, "banner": banner(request, patient)}
    return render(request, "clinic/amendment_add.html", context, status=422 if form.is_bound else 200)


@access.staff(*access.CLINICIANS)
@require_safe
def show(request, pk):
    """One request, with everything that was said to it."""
    return _show(request, _asked_or_404(request, pk))


def _show(request, asked, form=None, what="", status=200):
    page = amendment_page(asked, clock.now(), prescriber=access.has_role(request, "prescriber", site=asked.site))
    for name, made in (("decide", forms.DecideForm), ("extend", forms.ExtendForm), ("rebut", forms.RebutForm),
                       ("disagree", forms.DisagreeForm)):  # fmt: skip
        page.forms[name] = form if name == what else made()
    context = {"asked": asked, "page": page, "form": form, "patient": asked.patient,
               "banner": banner(request, asked.patient)}  # fmt: skip
    return render(request, "clinic/amendment_show.html", context, status=status)


def _asked_or_404(request, pk):
    return access.get_for_patient_or_404(request, queries.by_id(pk))


def _deed(make, what, said, *roles, **more):
    """A view that takes one form of the page and comes back to it."""

    @access.staff(*roles)
    @require_POST
    def view(request, pk):
        asked = _asked_or_404(request, pk)
        form = make(request.POST)
        if form.is_valid() and _tried(form, request=asked, by=request.user, **more):
            messages.success(request, said)
            return HttpResponseRedirect(reverse("clinic:amendment-show", args=[asked.pk]))
        return _show(request, asked, form, what, status=422)

    view.__doc__ = make.__doc__
    return view


decide = _deed(forms.DecideForm, "decide", "Answered. The patient gets a mail with a link.", "prescriber")
extend = _deed(forms.ExtendForm, "extend", "Put off by thirty days. The patient is told why.", "prescriber")
rebut = _deed(forms.RebutForm, "rebut", "Kept beside the statement.", "prescriber")
disagree = _deed(
    forms.DisagreeForm, "disagree", "The statement goes with the record.", *access.CLINICIANS, how="letter"
)
