"""A longer infusion: what runs, when it ends now, when it would end, and who is booked into the chair after it."""

from dataclasses import dataclass
from datetime import timedelta

from clinic import clock
from clinic.words import clinic_time, figure
from sessions import queries
from sessions.presenters.pump import pumps
from sessions.presenters.read_back import Back
from sessions.queries.collisions import next_in_chair
from sessions.rules import extension as rules
from sessions.rules.dose import shown
from sessions.rules.drugs import ends_at
from sessions.rules.read_back import sentence


@dataclass(frozen=True)
class ExtendPage:
    """`ends`: (drug, when) as it stands; `next_booked` empty: nobody; `home`: when observation would end."""

    orders: list
    rows: list
    ends: list
    home: str
    next_booked: str
    spare: str


def extend_page(session, at):
    """The page at `at`. One query for the chair."""
    sheet = queries.sheet(session, at)
    zone = session.site.zone
    now = pumps(sheet, ("running", "paused"))
    ends = [(d.drug.capitalize(), d.ends_at) for d in sheet.state.drugs if d.ends_at]
    home = _home(sheet, [end for _, end in ends])
    coming = next_in_chair(session, at)
    return ExtendPage(
        now.orders,
        now.rows,
        [(drug, clinic_time(end, zone)) for drug, end in ends],
        clinic_time(home, zone) if home else "",
        f"{coming.patient} at {clinic_time(coming.starts_at, zone)}" if coming else "",
        _spare(home, coming),
    )


def extension_back(session, form):
    """The new end before it is ordered: in all, home, whom it meets; with the sentence when it was said."""
    at, zone = clock.now(), session.site.zone
    sheet, order, typed = queries.sheet(session, at), form.dose_order(), form.cleaned_data
    drug = next(d for d in sheet.state.drugs if d.dose_order_id == order.pk)
    mg = rules.mg_for(drug, typed["minutes"]) if typed["dose_mg"] is None else typed["dose_mg"]
    rules.check_extension(drug, minutes=typed["minutes"], dose_mg=mg, max_total_mg=order.max_total_mg)
    longer = rules.extended(drug, minutes=typed["minutes"], dose_mg=mg)
    end = ends_at(longer, at)
    others = [d.ends_at for d in sheet.state.drugs if d.ends_at and d is not drug]
    home, coming = _home(sheet, [*others, *filter(None, [end])]), next_in_chair(session, at)
    who = typed.get("ordered_by")
    said = sentence("extension", drug=order.drug, minutes=typed["minutes"], dose_mg=mg, text=typed["text"])
    return Back(said if who else "", who, _facts(drug, longer, end, home, zone), _meets(home, coming, zone))


def _facts(drug, longer, end, home, zone):
    now = clinic_time(drug.ends_at, zone) if drug.ends_at else "it is paused"
    most = f"{figure(shown(longer.planned_mg))} mg" if longer.planned_mg is not None else ""
    rows = [
        (f"{drug.drug.capitalize()} ends now", now),
        ("With it", clinic_time(end, zone) if end else "known when it goes on"),
        ("Ordered in all", most),
        ("Home", f"not before {clinic_time(home, zone)}" if home else ""),
    ]
    return [(name, value) for name, value in rows if value]


def _meets(home, coming, zone):
    """Whom the new end meets in the chair, in words; empty while there is time."""
    if home is None or coming is None or home <= coming.starts_at:
        return ""
    late = int((home - coming.starts_at).total_seconds() // 60)
    who = f"{coming.patient} is booked into this chair at {clinic_time(coming.starts_at, zone)}"
    return f"{who}, {late} min before it is free. Offer them another chair or another time."


def _home(sheet, ends):
    """When observation would end after the last of these ends; None when nothing has one."""
    last = max(ends, default=None)
    return last + timedelta(minutes=sheet.plan.observe_minutes) if last else None


def _spare(home, coming):
    """How many minutes lie between going home and the next one, in words."""
    if home is None or coming is None:
        return ""
    minutes = int((coming.starts_at - home).total_seconds() // 60)
    return f"{minutes} min to spare now" if minutes >= 0 else f"{-minutes} min too late already"
