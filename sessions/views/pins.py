"""One's own quick PIN: it unlocks a tablet, and signs as the second person at the chair."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from clinic import access
from sessions.forms.pins import PinForm, RemoveForm
from sessions.queries.pins import pin_of
from sessions.rules.pins import HOURS, TRIES
from sessions.views.flow import attempt, typed


@access.staff()
def pin_set(request):
    """Set, replace or see the state of one's own PIN."""
    form, status = PinForm(typed(request)), 200
    if request.method == "POST":
        _, status = attempt(request, form)
        if status == 302:
            messages.success(request, "Your PIN is set.")
            return HttpResponseRedirect(reverse("sessions:pin-set"))
    counts, row = pin_of(request.user)
    context = {"form": form, "counts": counts, "row": row, "hours": HOURS, "tries": TRIES, "has_errors": status != 200}
    return render(request, "sessions/pin.html", context, status=status)


@access.staff()
@require_POST
def pin_remove(request):
    """Take one's own PIN away."""
    form = RemoveForm(request.POST)
    _, status = attempt(request, form)
    if status == 302:
        messages.success(request, "Your PIN is taken away.")
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return HttpResponseRedirect(reverse("sessions:pin-set"))
