"""The patient's own consents, by a link: see them, sign what is new, take one back."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from clinic import audit, language
from clinic.access import patient_link
from clinic.refusal import Conflict, Refused
from intake.actions.consents import sign_again
from intake.actions.taking_back import take_back
from intake.consents import standing_of
from intake.forms.consent import ConsentForm, TakeBackForm
from intake.presenters import own_consents, signing
from intake.views.typed import typed


@patient_link("consent")
@require_safe
def show_list(request):
    """What to sign now, what is on file, what was taken back."""
    audit.looked(request, "look own consents", patient=request.patient, site=request.site)
    context = own_consents.frame(request) | own_consents.own_list(request.patient)
    return render(request, "intake/consent_list.html", context)


@patient_link("consent")
@language.keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def show(request, kind):
    """One consent: what is new in it, and the signature under exactly these words."""
    stands = _stands_or_404(request, kind)
    form = ConsentForm(typed(request), ask_electronic=not signing.has_agreed_to_screens(request.patient))
    if request.method == "POST":
        return _sign(request, stands, form)
    return _show(request, stands, form)


def _stands_or_404(request, kind):
    stands = standing_of(request.patient, kind)
    if stands is None or (stands.text is None and stands.signature is None):
        raise Http404
    audit.looked(request, f"look own consent {kind}", patient=request.patient, site=request.site)
    return stands


def _sign(request, stands, form):
    if form.is_switching:
        return _show(request, stands, form, status=422)
    if stands.text is None or request.POST.get("text") != str(stands.text.pk):
        return _show(request, stands, form, status=409)
    if not form.is_valid():
        return _show(request, stands, form, status=422)
    try:
        who = signing.signer_of(request.patient_link).fields()
        sign_again(
            patient=request.patient, site=request.site, text=stands.text, by=request.patient, **form.signed(), **who
        )
    except Conflict:
        return _show(request, stands, form, status=409)
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, stands, form, status=422)
    after = own_consents.next_kind(request.patient, stands.kind)
    return redirect("intake:consent-own", after) if after else redirect(f"{reverse('intake:consent-list')}?signed=1")


def _show(request, stands, form, *, status=200):
    context = own_consents.frame(request) | {
        "stands": stands,
        "reading": signing.own_reading(stands),
        "asks": stands.text is not None and (stands.is_to_sign or not stands.is_signed),
        "signed": signing.signed(stands.signature),
        "signer": signing.signer_of(request.patient_link),
        "form": form,
        "is_conflict": status == 409,
    }
    return render(request, "intake/consent_own.html", context, status=status)


@patient_link("consent")
@language.keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def take_one_back(request, kind):
    """What taking it back means, and doing it."""
    stands = _stands_or_404(request, kind)
    form = TakeBackForm(typed(request))
    if request.method != "POST" or not form.is_valid():
        return _show_taking(request, stands, form, 422 if form.is_bound else 200)
    try:
        words = form.cleaned_data["words"]
        take_back(patient=request.patient, site=request.site, kind=kind, words=words, by=request.patient)
    except Refused as refused:
        form.add_refusal(refused)
        return _show_taking(request, stands, form, 422)
    return redirect(f"{reverse('intake:consent-list')}?taken-back=1")


def _show_taking(request, stands, form, status):
    context = own_consents.frame(request) | {"stands": stands, "form": form}
    return render(request, "intake/consent_take_back.html", context, status=status)
