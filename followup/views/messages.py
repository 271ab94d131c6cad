"""The patient's choice of messages, by the link at the foot of a mail. GET changes nothing."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from clinic import access, language
from clinic.queries.contact import wanted_by
from followup.forms.messages import ChoicesForm


@access.patient_link("stop")
@language.keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request):
    """Show what is sent, and take another choice."""
    data = request.POST if request.method == "POST" else None
    wanted = {"wanted": wanted_by(request.patient), "texts": wanted_by(request.patient, "sms")}
    form = ChoicesForm(data, initial=wanted, patient=request.patient)
    if data is not None and form.is_valid():
        form.save(patient=request.patient)
        return HttpResponseRedirect(f"{reverse('followup:message-choices')}?saved=1")
    context = {"form": form, "clinic_site": request.site, "is_saved": "saved" in request.GET}
    return render(request, "followup/message_choices.html", context, status=200 if data is None else 422)
