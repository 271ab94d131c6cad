"""One consent of the packet: read it and sign it."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from clinic import language
from clinic.access import patient_link
from clinic.refusal import Conflict, Refused
from intake.access import with_packet
from intake.actions.consents import sign_consent
from intake.consents import consents_of
from intake.forms.consent import ConsentForm
from intake.presenters import packet as presenters
from intake.presenters import packet_page, signing
from intake.views.typed import typed


@patient_link("packet")
@language.keeps_typed
@require_http_methods(["GET", "POST"])
@with_packet
def consent(request, packet, kind):
    """One consent: its words, and the signature under exactly these words."""
    asked = next((consent for consent in consents_of(packet) if consent.text.kind == kind), None)
    if asked is None:
        raise Http404
    form = ConsentForm(typed(request), ask_electronic=not signing.has_agreed_to_screens(packet.patient))
    if request.method == "POST":
        return _sign(request, packet, asked, form)
    return _show(request, packet, asked, form)


def _sign(request, packet, asked, form):
    if form.is_switching:
        return _show(request, packet, asked, form, status=422)
    if request.POST.get("text") != str(asked.text.pk):
        return _show(request, packet, asked, form, status=409)
    if not form.is_valid():
        return _show(request, packet, asked, form, status=422)
    try:
        who = signing.signer_of(request.patient_link)
        sign_consent(packet=packet, text=asked.text, by=request.patient, **form.signed(), **who.fields())
    except Conflict:
        return _show(request, packet, asked, form, status=409)
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, packet, asked, form, status=422)
    return redirect(presenters.next_url(packet, f"consents/{asked.text.kind}"))


def _show(request, packet, asked, form, *, status=200):
    around = presenters.around(packet, f"consents/{asked.text.kind}")
    context = (
        packet_page.frame(request, packet)
        | around
        | {
            "consent": asked,
            "reading": signing.reading(asked.text, is_fallback=asked.is_fallback),
            "signed": signing.signed(asked.signature),
            "signer": signing.signer_of(request.patient_link),
            "form": form,
            "is_conflict": status == 409,
        }
    )
    return render(request, "intake/packet_consent.html", context, status=status)
