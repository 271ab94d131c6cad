"""Read one consent and sign it."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from clinic.access import patient_link
from clinic.refusal import Conflict, Refused
from intake.access import with_packet
from intake.actions.consents import sign_consent
from intake.forms.consent import ConsentForm
from intake.presenters import packet as presenters
from intake.presenters import packet_page
from intake.queries import consents_of


@patient_link("packet")
@require_http_methods(["GET", "POST"])
@with_packet
def consent(request, packet, kind):
    """One consent: its words, and the signature under exactly these words."""
    asked = next((consent for consent in consents_of(packet) if consent.text.kind == kind), None)
    if asked is None:
        raise Http404
    if request.method == "POST":
        return _sign(request, packet, asked)
    return _show(request, packet, asked, ConsentForm())


def _sign(request, packet, asked):
    form = ConsentForm(request.POST)
    shown = request.POST.get("text")
    if shown != str(asked.text.pk):
        return _show(request, packet, asked, form, status=409)
    if not form.is_valid():
        return _show(request, packet, asked, form, status=422)
    try:
        sign_consent(packet=packet, text=asked.text, by=request.patient, **form.cleaned_data)
    except Conflict:
        return _show(request, packet, asked, form, status=409)
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, packet, asked, form, status=422)
    return redirect(presenters.next_url(packet, f"consents/{asked.text.kind}"))


def _show(request, packet, asked, form, *, status=200):
    slug = f"consents/{asked.text.kind}"
    context = packet_page.frame(request, packet) | {
        "consent": asked,
        "paragraphs": [part.strip() for part in asked.text.body.split("\n\n") if part.strip()],
        "form": form,
        "is_conflict": status == 409,
        "progress": presenters.progress(packet, slug),
        "back_url": presenters.back_url(packet, slug),
        "next_url": presenters.next_url(packet, slug),
    }
    return render(request, "intake/packet_consent.html", context, status=status)
