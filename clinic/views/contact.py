"""What a patient wants to hear, what they were sent, and what came back from them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from clinic import access, notify
from clinic.forms_messages import WantedForm
from clinic.models import Role
from clinic.models.base import MENTAL
from clinic.presenters.banner import banner
from clinic.presenters.contact import contact_page
from clinic.queries.contact import wanted_by
from clinic.queries.messages import bad_addresses_of

KEEPERS = (*access.CARE_TEAM, Role.CLINIC_ADMIN.value)


@access.staff(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request, pk):
    """The patient's messages; a change of what they want is written down with how we know."""
    patient = access.get_patient_or_404(request, pk)
    wanted = {"mail": wanted_by(patient), "text": wanted_by(patient, "sms")}
    form = WantedForm(request.POST if request.method == "POST" else None, initial=wanted, patient=patient)
    if request.method == "POST" and form.is_valid():
        form.save(patient=patient, by=request.user)
        messages.success(request, "Written down. It holds from now on.")
        return redirect("clinic:patient-messages", patient.pk)
    page = contact_page(patient, reads_words=access.sees(request, MENTAL))
    context = {"patient": patient, "page": page, "form": form, "banner": banner(request, patient)}
    return render(request, "clinic/patient_messages.html", context, status=422 if form.errors else 200)


@access.staff(*KEEPERS)
@require_POST
def trust(request, pk):
    """Somebody has looked at an address that had sent a message back: it is used again."""
    patient = access.get_patient_or_404(request, pk)
    told = {"patient": patient, "site": request.site, "by": request.user}
    done = [notify.clear_address(channel=bad.channel, address=bad.address, **told) for bad in bad_addresses_of(patient)]
    messages.success(request, "It is used again." if any(done) else "Nothing was held back.")
    return redirect("clinic:patient-messages", patient.pk)
