"""The patient's own page, the ways on from it, and how they get there without a link at hand."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import access, audit, clock, language, links
from clinic.refusal import Refused
from followup.actions.home import go_on, send_page
from followup.forms.home import AskPageForm
from followup.presenters.home import diary_page, home_page


@access.patient_link("home")
@require_safe
def show(request):
    """What to do now, visits, diary, papers, messages, the whole record."""
    page = home_page(request.patient, clock.now())
    audit.looked(request, "look followup:home", request.patient, patient=request.patient, site=request.site)
    return render(request, "followup/home.html", {"page": page, "clinic_site": request.site})


@access.public_for_patients
@language.keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """Mail me the way to my page. Whoever asks learns nothing about who has which address."""
    if links.opened(request.session, "home") and request.method != "POST":
        return redirect("followup:home")
    form = AskPageForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return render(request, "followup/home_ask.html", {"form": form}, status=422 if form.is_bound else 200)
    try:
        form.save(address=request.META.get("REMOTE_ADDR", ""))
    except Refused as refused:
        form.add_refusal(refused)
        return render(request, "followup/home_ask.html", {"form": form}, status=429)
    return HttpResponseRedirect(f"{reverse('followup:home-ask')}asked/")


@access.public_for_patients
@require_safe
def asked(request):
    """Look into your mail."""
    return render(request, "followup/home_asked.html")


@access.patient_link("home")
@require_POST
def go(request, name):
    """From the own page to a page behind a link of its own: forms, a text to sign, the diary."""
    device = request.COOKIES.get(links.DEVICE_COOKIE, "")
    try:
        made = go_on(link=request.patient_link, name=name, device=device, by=request.patient)
    except Refused:
        raise Http404 from None
    links.let_in(request.session, made, proofs=links.PROOFS[made.purpose] or ("continue",))
    return HttpResponseRedirect(reverse(links.LEADS_TO[made.purpose]))


@access.patient_link("home")
@require_POST
def leave(request):
    """Close the page in this browser: whoever uses it next must come by a link again."""
    links.forget(request.session)
    return render(request, "followup/home_left.html", {"clinic_site": request.site})


@access.staff(*access.CARE_TEAM)
@require_POST
def send(request, pk):
    """Staff mails a patient the way to their own page."""
    patient = access.get_patient_or_404(request, pk)
    try:
        send_page(patient=patient, site=request.site, by=request.user)
        messages.success(request, f"The way to their own page is on its way to {patient.short_name}.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("followup:patient-show", patient.pk)


@access.patient_link("home")
@require_safe
def diary(request):
    """The diary as a curve, with its table."""
    audit.looked(request, "look own diary", request.patient, patient=request.patient, site=request.site)
    context = {"page": diary_page(request.patient, clock.now()), "clinic_site": request.site}
    return render(request, "followup/own_diary.html", context)
