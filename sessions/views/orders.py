"""Orders, and drugs, oxygen and fluids given under them."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clinic import access, clock
from clinic.refusal import Refused
from sessions import actions, queries
from sessions.access import CLINICIANS, is_prescriber, part_or_404, session_or_404, standing_or_404
from sessions.forms import orders as forms
from sessions.presenters.frame import frame
from sessions.presenters.orders import orders_page, standing_dose
from sessions.presenters.orders_due import order_words
from sessions.presenters.people import prescribers_at
from sessions.presenters.pump import orders_in_force
from sessions.presenters.read_back import read_back_page, verbal_back
from sessions.presenters.taps import tap_id
from sessions.presenters.words import Words
from sessions.views.flow import deed, typed


@access.staff(*CLINICIANS)
@require_GET
def order_list(request, pk):
    """Drug or rate: what runs, what may be given under which order, and new orders."""
    session = session_or_404(request, pk)
    page = orders_page(session, clock.now())
    context = frame(request, session) | {"page": page, "prescriber": is_prescriber(request, session)}
    return render(request, "sessions/orders.html", context)


@access.staff("prescriber")
def order_write(request, pk):
    """A prescriber's own order."""
    session = session_or_404(request, pk)
    words = Words("Write an order", f"Sign the order for {session.patient}", "Order written.")
    return deed(request, session, forms.OrderForm(typed(request), session=session), words, then="sessions:order-list")


@access.staff(*CLINICIANS)
def order_verbal(request, pk):
    """An order said by a prescriber and read back; co-signed later."""
    session = session_or_404(request, pk)
    people = prescribers_at(session.site).exclude(pk=request.user.pk)
    form = forms.VerbalOrderForm(typed(request), session=session, prescribers=people)
    words = Words("Take a verbal order", "Read it back before saving", "Order taken, to be co-signed.")
    if request.method == "POST" and request.POST.get("step") != "sign":
        return read_back_page(request, session, form, words, verbal_back)
    return deed(request, session, form, words, then="sessions:order-list")


@access.staff("prescriber")
@require_POST
def order_cosign(request, pk, order):
    """The prescriber whose verbal order it was signs it."""
    session = session_or_404(request, pk)
    row = part_or_404(session, "orders", order)
    try:
        actions.cosign_order(order=row, by=request.user)
        messages.success(request, "Order co-signed.")
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("sessions:order-list", args=[session.pk]))


@access.staff(*CLINICIANS)
def order_end(request, pk, order):
    """An order counts no longer: ended by a prescriber, or by a nurse on the word of one."""
    session = session_or_404(request, pk)
    row = part_or_404(session, "orders", order)
    people = None if is_prescriber(request, session) else prescribers_at(session.site)
    form = forms.EndOrderForm(typed(request), order=row, prescribers=people)
    end = f"End this order for {session.patient}"
    words = Words("End an order", end, "The order has ended.", lead=order_words(row))
    return deed(request, session, form, words, then="sessions:order-list")


@access.staff(*CLINICIANS)
def drug_give(request, pk, order):
    """One dose under an order of this session."""
    session = session_or_404(request, pk)
    row = part_or_404(session, "orders", order)
    form = forms.GiveForm(typed(request), session=session, order=row)
    words = Words(f"Give {row.drug}", f"Save: given to {session.patient}", "Saved.", lead=row.condition or row.text)
    return deed(request, session, form, words)


@access.staff(*CLINICIANS)
def drug_give_standing(request, pk, standing):
    """One dose under a standing order of the protocol."""
    session = session_or_404(request, pk)
    row = standing_or_404(session, standing)
    form = forms.GiveForm(typed(request), session=session, standing=row)
    words = Words(
        f"Give {row.drug}",
        f"Save: given to {session.patient}",
        "Saved.",
        lead=f"Standing order: {standing_dose(row)}. {row.condition}",
    )
    return deed(request, session, form, words)


@access.staff(*CLINICIANS)
def oxygen_record(request, pk):
    """Oxygen on, changed, or off."""
    session = session_or_404(request, pk)
    sheet = queries.sheet(session, clock.now())
    form = forms.OxygenForm(typed(request), session=session, orders=orders_in_force(sheet, "oxygen"))
    words = Words("Oxygen", f"Save the oxygen of {session.patient}", "Oxygen saved.")
    air = tap_id(session, request.user, "room-air")
    return deed(request, session, form, words, template="sessions/oxygen.html", air_id=air)


@access.staff(*CLINICIANS)
def fluid_record(request, pk):
    """A fluid given."""
    session = session_or_404(request, pk)
    sheet = queries.sheet(session, clock.now())
    form = forms.FluidForm(typed(request), session=session, orders=orders_in_force(sheet, "fluid"))
    return deed(request, session, form, Words("Fluid", f"Save the fluid of {session.patient}", "Fluid saved."))
