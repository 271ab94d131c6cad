"""The pump while it runs: pause, resume, rate, bolus, another syringe, stop."""

from clinic import access, clock
from sessions import queries
from sessions.access import CLINICIANS, entry_or_404, session_or_404
from sessions.forms import pump as forms
from sessions.presenters import links
from sessions.presenters.log import words_of
from sessions.presenters.pump import CAN_GO_ON, orders_in_force, pumps
from sessions.presenters.words import Words
from sessions.views.flow import deed, typed

PAGES = [
    ("sessions:drug-pause", "Pause"),
    ("sessions:drug-resume", "Resume"),
    ("sessions:drug-rate", "Rate"),
    ("sessions:drug-syringe", "Syringe"),
    ("sessions:drug-stop", "Stop"),
]


def _pump(request, pk, make, words, *, phases, missing=None, **extra):
    session = session_or_404(request, pk)
    sheet = queries.sheet(session, clock.now())
    page = pumps(sheet, phases)
    form = make(
        typed(request), session=session, dose_orders=page.orders, initial=_asked(request),
        **{k: v(sheet) for k, v in extra.items()},
    )  # fmt: skip
    said = words(session)
    lacking = links.linked(session, missing(sheet)) if missing else []
    return deed(
        request, session, form, said, template="sessions/pump.html", pumps=page.rows, missing=lacking, pump_pages=PAGES,
        steps=page.steps,
    )  # fmt: skip


def _asked(request):
    """What a link of the run sheet fills in beforehand: the cause of a pause, the rate of an ordered step."""
    return {name: request.GET[name] for name in ("cause", "rate_ml_h", "dose_order") if name in request.GET}


@access.staff(*CLINICIANS)
def drug_pause(request, pk):
    """Pausing has no gate."""
    return _pump(request, pk, forms.PauseForm, phases=("running",),
                 words=lambda s: Words("Pause", f"Pause the infusion of {s.patient}", "Paused.", ink=True))  # fmt: skip


@access.staff(*CLINICIANS)
def drug_stop(request, pk):
    """The end of a drug: the pump's volume is read."""
    return _pump(request, pk, forms.StopForm, phases=("running", "paused"),
                 words=lambda s: Words("Stop", f"Stop the infusion of {s.patient}", "Stopped.", ink=True))  # fmt: skip


@access.staff(*CLINICIANS)
def drug_resume(request, pk):
    """Going on after a pause, through its gate."""
    return _pump(request, pk, forms.ResumeForm, phases=("paused", CAN_GO_ON), missing=queries.missing_to_resume,
                 words=lambda s: Words("Resume", f"Resume the infusion of {s.patient}", "Resumed."),
                 orders=lambda sheet: orders_in_force(sheet, "resume"))  # fmt: skip


@access.staff(*CLINICIANS)
def drug_rate(request, pk):
    """Another rate: lower any time; above the order with a prescriber's order and a second check."""
    return _pump(request, pk, forms.RateForm, phases=("running", "paused"),
                 words=lambda s: Words("Change the rate", f"Save the new rate of {s.patient}", "Rate changed."),
                 orders=lambda sheet: orders_in_force(sheet, "rate"))  # fmt: skip


@access.staff(*CLINICIANS)
def drug_bolus(request, pk):
    """A bolus on a prescriber's order."""
    return _pump(request, pk, forms.BolusForm, phases=("running",),
                 words=lambda s: Words("Bolus", f"Save the bolus of {s.patient}", "Bolus saved."),
                 orders=lambda sheet: orders_in_force(sheet, "drug", "other"))  # fmt: skip


@access.staff(*CLINICIANS)
def drug_syringe(request, pk):
    """The next syringe or bag, checked by a second person before."""
    return _pump(request, pk, forms.SyringeForm, phases=("running", "paused"),
                 words=lambda s: Words("Change the syringe", f"Save the syringe of {s.patient}", "Syringe changed."),
                 preparations=lambda sheet: sheet.preparations)  # fmt: skip


@access.staff(*CLINICIANS)
def pump_read(request, pk, entry):
    """The volume of a pump that stopped without being read."""
    session = session_or_404(request, pk)
    row = entry_or_404(session, entry)
    form = forms.PumpReadForm(typed(request), session=session, stop=row)
    words = Words("Read the pump", f"Save the volume for {session.patient}", "Volume saved.", lead=words_of(row))
    return deed(request, session, form, words)
