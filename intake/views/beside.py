"""Staff beside a packet: correct a page, take that back, note, verify, ask the patient again, hold."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from clinic import clock
from clinic.access import CARE_TEAM, CLINICIANS, staff
from clinic.presenters.banner import banner
from clinic.refusal import Conflict, Refused
from intake.access import page_or_404
from intake.actions import corrections, holding, returned
from intake.doors import correction_or_404, packet_or_404, prescribers_at, request_or_404
from intake.forms.review import AskForm, HoldForm, NoteForm, ReasonForCorrection, TakeBackForm, VerifyForm
from intake.presenters import returned as presenters
from intake.presenters.staff import back_to, statements_of


def _back(packet, place=""):
    return redirect(f"{back_to(packet)}{place}")


@staff(*CLINICIANS)
@require_http_methods(["GET", "POST"])
def correct(request, pk, slug):
    """The page's own form with what counts now: what staff change stands beside the patient's words."""
    packet, page = packet_or_404(request, pk), page_or_404(slug)
    if packet.submitted_at is None:
        raise Http404
    if request.method != "POST":
        return _correcting(request, packet, page)
    form, why = page.form(request.POST, known=presenters.known_now(packet)), ReasonForCorrection(request.POST)
    if not (form.is_valid() & why.is_valid()):
        return _correcting(request, packet, page, form=form, why=why, status=422)
    try:
        corrections.correct_page(
            packet=packet, slug=slug, answers=form.to_answers(), by=request.user, **why.cleaned_data
        )
    except Conflict:
        return _correcting(request, packet, page, form=form, why=why, status=409)
    except Refused as refused:
        why.add_refusal(refused)
        return _correcting(request, packet, page, form=form, why=why, status=422)
    messages.success(request, "Your words stand beside the patient's. The rules have read them.")
    return _back(packet, f"#a-{slug}")


def _correcting(request, packet, page, *, status=200, **forms):
    context = presenters.correcting(packet, page.slug, **forms) | {"banner": banner(request, packet.patient)}
    if context["sheet"] is None:
        raise Http404
    if status == 409:
        context["why"].data = context["why"].data.copy() | {"seen": context["sheet"].seen}
    return render(request, "intake/page_correct.html", context | {"is_conflict": status == 409}, status=status)


@staff(*CLINICIANS)
@require_POST
def note(request, pk, slug):
    """Words beside a page."""
    packet, page, form = packet_or_404(request, pk), page_or_404(slug), NoteForm(request.POST)
    if not form.is_valid():
        return _correcting(request, packet, page, note=form, status=422)
    try:
        corrections.note_beside(packet=packet, slug=slug, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_refusal(refused)
        return _correcting(request, packet, page, note=form, status=422)
    return _back(packet, f"#a-{slug}")


@staff(*CLINICIANS)
@require_http_methods(["GET", "POST"])
def take_back(request, pk):
    """The patient's own words count again."""
    row, form = correction_or_404(request, pk), TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            corrections.take_back_correction(correction=row, by=request.user, **form.cleaned_data)
            return _back(row.packet, f"#a-{row.slug}")
        except Refused as refused:
            form.add_refusal(refused)
    status = 422 if form.is_bound else 200
    context = {"row": row, "packet": row.packet, "patient": row.packet.patient, "form": form}
    context |= {"banner": banner(request, row.packet.patient), "back": back_to(row.packet)}
    return render(request, "intake/correction_take_back.html", context, status=status)


@staff(*CLINICIANS)
@require_POST
def verify(request, pk):
    """These medicines and allergies were gone through with the patient."""
    packet = packet_or_404(request, pk)
    form = VerifyForm(request.POST, statements=statements_of(packet))
    if not form.is_valid():
        messages.error(request, "Tick what you went through with the patient.")
        return _back(packet, "#f-med")
    corrections.verify_statements(statements=form.chosen(), packet=packet, by=request.user)
    messages.success(request, "Marked as verified, with your name.")
    return _back(packet, "#f-med")


@staff(*CLINICIANS)
@require_http_methods(["GET", "POST"])
def ask(request, pk):
    """Choose pages, write a line, send them back."""
    packet = packet_or_404(request, pk)
    if request.method != "POST":
        chosen = {"slugs": request.GET.getlist("page"), "codes": request.GET.getlist("code")}
        return _asking(request, packet, **chosen)
    form = AskForm(request.POST, asked=presenters.pages_of(packet))
    if not form.is_valid():
        return _asking(request, packet, form=form, status=422)
    said = form.cleaned_data
    try:
        returned.ask_patient(
            packet=packet, slugs=said["pages"], words=said["words"], codes=said["codes"], by=request.user
        )
    except Refused as refused:
        form.add_refusal(refused)
        return _asking(request, packet, form=form, status=422)
    messages.success(request, "The patient gets a link to these pages.")
    return _back(packet, "#asked")


def _asking(request, packet, *, status=200, **more):
    context = presenters.asking(packet, **more) | {"banner": banner(request, packet.patient), "back": back_to(packet)}
    return render(request, "intake/questions_ask.html", context, status=status)


@staff(*CARE_TEAM)
@require_POST
def remind(request, pk):
    """Send the link once more."""
    row = request_or_404(request, pk)
    try:
        returned.remind(request=row, by=request.user)
        messages.success(request, "A fresh link is on its way. The old one has ended.")
    except Refused as refused:
        messages.error(request, refused.neutral)
    return redirect(request.POST.get("next") == "list" and reverse("intake:packet-list") or back_to(row.packet))


@staff(*CLINICIANS)
@require_POST
def withdraw_request(request, pk):
    """The answers are no longer needed."""
    row = request_or_404(request, pk)
    try:
        returned.take_back_request(request=row, reason=request.POST.get("reason", "")[:300], by=request.user)
        messages.success(request, "Taken back. The link has ended.")
    except Refused as refused:
        messages.error(request, str(refused))
    return _back(row.packet, "#asked")


@staff(*CARE_TEAM)
@require_POST
def hold(request, pk):
    """Give the packet to a prescriber, or to nobody."""
    packet = packet_or_404(request, pk)
    form = HoldForm(request.POST, prescribers=prescribers_at(packet.site, clock.now()))
    there = reverse("intake:packet-list") + f"?show={request.POST.get('show', '')[:12]}"
    try:
        if form.is_valid():
            holder, was = form.chosen(), form.cleaned_data["was"] or None
            holding.hold_packet(packet=packet, holder=holder, expected=was, by=request.user)
            messages.success(request, f"{holder.name} has it now." if holder else "Nobody holds it now.")
        else:
            messages.error(request, "Choose a prescriber of this site.")
    except Refused as refused:
        messages.error(request, refused.neutral)
    return redirect(there)
