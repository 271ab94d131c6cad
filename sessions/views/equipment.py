"""The emergency equipment of the site, looked through once a day."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from clinic import access, clock
from sessions.access import CLINICIANS
from sessions.forms.equipment import EquipmentForm
from sessions.presenters.equipment import equipment_page
from sessions.views.flow import attempt, typed


@access.staff(*CLINICIANS)
def equipment_check(request):
    """Today's check of the site, and who checked on the days before."""
    form, status = EquipmentForm(typed(request), site=request.site), 200
    if request.method == "POST":
        _, status = attempt(request, form)
        if status == 302:
            messages.success(request, "The check is kept for today.")
            return HttpResponseRedirect(reverse("sessions:equipment-check"))
    page = equipment_page(request.site, clock.now())
    context = {"form": form, "page": page, "has_errors": status != 200}
    return render(request, "sessions/equipment.html", context, status=status)
