"""Booking pages: what may be booked, the free slots of a day, the rows of a series with what clashes in them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, partial

from clinic import access
from clinic.actions import series
from clinic.actions.appointments import kept, number_for
from clinic.actions.slots import check_visit, need_of
from clinic.models.base import CLINICAL
from clinic.presenters import booking
from clinic.presenters.booking import IN_A_CHAIR
from clinic.refusal import Conflict, Refused
from clinic.rules.series import propose
from followup.actions.booking import check_may_be_booked, planned_infusions
from followup.forms.booking import AskForm, FirstForm, SeriesForms, slot_value
from followup.forms.schedule import StartForm
from followup.presenters.safety import due_words
from followup.presenters.visits import KINDS, kind_words
from followup.queries.planning import bookable_courses
from followup.queries.wanted import wanted_visit

NOON_HOURS = 12


@dataclass
class Choice:
    """One slot as a radio."""

    value: str
    offer: object


@dataclass
class BookPage:
    """A day's free slots for one visit; `items` say why nothing can be booked at all."""

    desk: object
    ask: object
    need: object = None
    course: object = None
    words: str = ""
    wanted: list = field(default_factory=list)
    find: object = None
    check: object = None
    start: object = None
    near: object = None

    @cached_property
    def items(self):
        """Why nothing can be booked at all; worked out when a page shows it, not when a slot is posted."""
        try:
            if self.check:
                self.check()
        except Refused as refused:
            return list(refused.items)
        return []

    @cached_property
    def slots(self):
        """The free slots of the day as radios."""
        return choices_of(self.find(busy=self._known)) if self.find and not self.items else []

    @property
    def _known(self):
        """What is taken on the day, where a refusal has read it already."""
        is_read = self.near and self.near.window.holds(booking.day_span(self.desk, self.day))
        return self.near.busy if is_read else None

    @property
    def chosen(self):
        """The slot that the address asks for: the first one from its `start` on; empty without any."""
        later = (one for one in self.slots if self.start and one.offer.starts_at >= self.start)
        found = next(later, None)
        return found.value if found else ""

    @property
    def day(self):
        return self.ask.cleaned_data.get("day") if self.ask.is_bound and self.ask.is_valid() else None


def choices_of(offers):
    """Offers as radios."""
    return [Choice(slot_value(offer), offer) for offer in offers]


def kinds_for(request, courses):
    """The kinds of visit this reader may choose for this patient, in their words."""
    words = [(kind, kind_words(request, kind)) for kind in KINDS if kind not in IN_A_CHAIR or courses]
    seen = {}
    for kind, said in words:
        seen.setdefault(said, kind)
    return [(kind, said) for said, kind in seen.items()]


def book_page(request, patient, at):
    """The page to book one visit: the question asked by the query, the slots that answer it."""
    desk, courses = booking.desk_of(request.site, at), bookable_courses(patient)
    kinds = kinds_for(request, courses)
    wanted = wanted_visit(patient)
    asked = {"kind": kinds[0][0], "day": _tomorrow(desk, at)} | _wanted(wanted, kinds, desk, at) | request.GET.dict()
    page = BookPage(desk, AskForm(asked, desk=desk, courses=courses, kinds=kinds))
    page.wanted = _wanted_words(request, patient, wanted, at)
    if not page.ask.is_valid():
        return page
    kind = _kind(page.ask.cleaned_data["kind"], page.ask.chosen_course())
    page.course = page.ask.chosen_course() if kind in IN_A_CHAIR else None
    page.words = kind_words(request, kind)
    number = number_for(desk, kind, page.course)
    page.need = need_of(desk, kind=kind, patient=patient, course=page.course, number=number, **_fitting(page.ask, kind))
    page.start = _start_of(request)
    page.check = partial(_check, page)
    page.find = partial(booking.offers_on, desk, page.need, page.day, at=at, held_by=request.user)
    return page


def _wanted(wanted, kinds, desk, at):
    """What a prescriber's accepted proposal asks for, as the page's first question; {} when nothing does."""
    if wanted is None:
        return {}
    known = dict(kinds)
    kind = next((k for k in (wanted.kind, "infusion", "consultation") if k in known), kinds[0][0])
    asked = {"kind": kind if wanted.kind != "consultation" or kind == "consultation" else kinds[0][0]}
    asked["day"] = _open_from(desk, wanted.day(desk.calendar.day_of(at) + timedelta(days=1)))
    return asked | ({"course": str(wanted.course.pk)} if wanted.kind == "booster" else {})


def _wanted_words(request, patient, wanted, at):
    """What is asked for, and for clinicians what long-term safety has due."""
    said = [wanted.words] if wanted else []
    if access.sees(request, CLINICAL):
        due = due_words(patient, at.astimezone(request.site.zone).date())
        said += [f"Safety checks. {due}"] if due else []
    return said


def _start_of(request):
    """The start that a gap of the schedule asks for, aware; None without one."""
    form = StartForm(request.GET)
    return form.cleaned_data["start"] if form.is_valid() else None


def _kind(kind, course):
    """Once all infusions of the plan are booked, a further one is a booster."""
    if kind == "infusion" and course and len(planned_infusions(course)) >= course.planned_number:
        return "booster"
    return kind


def _fitting(ask, kind):
    """Chair and nurse for a visit in a chair, the prescriber for a talk."""
    asked = ask.asked()
    if kind in IN_A_CHAIR:
        return asked
    return asked | {"chair": None, "nurse": None}


def _tomorrow(desk, at):
    return _open_from(desk, desk.calendar.day_of(at) + timedelta(days=1))


def _open_from(desk, first):
    """The first day from this one on at which the site is open."""
    days = (first + timedelta(days=n) for n in range(30))
    return next((day for day in days if desk.calendar.is_open_on(day)), first)


def _check(page):
    if page.course is not None:
        check_may_be_booked(page.course, at=page.need.span(_noon(page)).start)
    check_visit(page.desk, page.need, page.course)


def _noon(page):
    return booking.day_span(page.desk, page.ask.cleaned_data["day"]).start + timedelta(hours=NOON_HOURS)


def move_page(request, visit, at):
    """The page to move a visit: its own chair and people first, another day by the query."""
    desk = booking.desk_of(visit.site, at)
    held = kept(visit, desk, flexible=True)
    asked = {name: str(row.pk) for name, row in held.items() if row}
    asked |= {"day": desk.calendar.day_of(visit.starts_at)} | request.GET.dict()
    page = BookPage(desk, AskForm(asked, desk=desk))
    if not page.ask.is_valid():
        return page
    minutes = round((visit.ends_at - visit.starts_at).total_seconds() / 60)
    page.need = need_of(desk, kind=visit.kind, patient=visit.patient, course=visit.course, minutes=minutes,
                        number=visit.number, **page.ask.asked())  # fmt: skip
    page.find = partial(booking.offers_on, desk, page.need, page.day, at=at, held_by=request.user, but=[visit])
    return page


@dataclass
class SeriesPage:
    """The proposed or typed rows of a series, each with what stands against it and what else is free."""

    course: object
    desk: object
    first: object
    forms: object
    left: int = 0
    spacing: object = None
    items: list = field(default_factory=list)
    is_clear: bool = True
    needs_reason: bool = False

    @property
    def rows(self):
        return [(form, getattr(form, "why", ()), getattr(form, "choices", ())) for form in self.forms]


def left_of(course):
    """How many infusions of the plan are not booked yet."""
    return max(course.planned_number - len(planned_infusions(course)), 0)


def series_page(request, course, at):
    """Proposed dates for what is left of the plan, checked against what is taken."""
    desk, left = booking.desk_of(course.site, at), left_of(course)
    first = _first(request, desk, course, left, at)
    page = SeriesPage(course, desk, first, _blank(desk), left, series.spacing_of(course.protocol_version))
    page.items = _against(course, at)
    if left and first.is_valid():
        said = first.cleaned_data
        count = min(said["count"], left)
        days = propose(said["first"], count, page.spacing, desk.calendar, aim=course.spacing_days)
        page.forms = _rows(desk, [{"day": row.day, "time": said["time"], "chair": "", "nurse": ""} for row in days])
        say_clashes(page, _wishes_of(page), request.user, at)
        for form, row in zip(page.forms, days, strict=True):
            form.why = [*getattr(form, "why", []), *([row.why] if row.why else [])]
            page.needs_reason = page.needs_reason or bool(row.why)
    return page


def _first(request, desk, course, left, at):
    day = _open_from(desk, max(_tomorrow(desk, at), _after_the_booked(desk, course)))
    opened = desk.calendar.spans(day)
    hour = opened[0].start.astimezone(desk.site.zone) if opened else at.astimezone(desk.site.zone)
    asked = {"first": day, "time": f"{hour:%H:%M}", "count": left or 1}
    return FirstForm(asked | request.GET.dict())


def _after_the_booked(desk, course):
    """The day on which the rest of a series goes on: the plan's days after the last visit that is booked."""
    days = [desk.calendar.day_of(visit.starts_at) for visit in planned_infusions(course)]
    return max(days, default=date.min) + timedelta(days=course.spacing_days if days else 0)


def _against(course, at):
    try:
        check_may_be_booked(course, at=at)
    except Refused as refused:
        return list(refused.items)
    return []


def _blank(desk):
    return SeriesForms(prefix="row", form_kwargs={"desk": desk})


def _rows(desk, initial):
    forms = SeriesForms(prefix="row", form_kwargs={"desk": desk}, initial=initial)
    forms.extra = 0
    return forms


def _wishes_of(page):
    """The rows of an unbound formset as wishes."""
    made = []
    for form in page.forms:
        bound = type(form)({name: form.initial[name] for name in ("day", "time", "chair", "nurse")}, desk=page.desk)
        bound.is_valid()
        made.append(bound.wish())
    return made


def typed_rows(page, wishes):
    """Write the wishes back into the rows, so that a chosen alternative stands where the date stood."""
    zone = page.desk.site.zone
    page.forms = _rows(page.desk, [
        {"day": wish.starts_at.astimezone(zone).date(), "time": wish.starts_at.astimezone(zone).time(),
         "chair": str(wish.chair.pk) if wish.chair else "", "nurse": str(wish.nurse.pk) if wish.nurse else ""}
        for wish in wishes
    ])  # fmt: skip


def say_clashes(page, wishes, by, at):
    """Mark each row that can't be booked now, and offer it other slots. Only reads."""
    try:
        rows = [(_need(page, wish), wish.starts_at) for wish in wishes]
        series.fit_all(page.desk, rows, at=at, by=by)
    except Refused as refused:
        mark_rows(page, refused, list(range(len(wishes))))


def _need(page, wish):
    return need_of(page.desk, kind="infusion", patient=page.course.patient, course=page.course, chair=wish.chair,
                   nurse=wish.nurse)  # fmt: skip


def mark_rows(page, refused, order):
    """Put each item of a refusal at its row; `order` maps the action's rows to those of the page."""
    page.is_clear = False
    offers = refused.current if isinstance(refused, Conflict) and isinstance(refused.current, dict) else {}
    forms = list(page.forms)
    for item in refused.items:
        place = item.field.removeprefix("row-")
        if place.isdecimal() and int(place) < len(order):
            form = forms[order[int(place)]]
            form.why = [*getattr(form, "why", []), item.for_role(clinical=False)]
            form.choices = choices_of(offers.get(int(place), ()))
            page.needs_reason = page.needs_reason or item.code == "spacing"
        else:
            page.items.append(item)


def in_order(wishes):
    """The indexes of the wishes in order of time, as the action takes them."""
    return sorted(range(len(wishes)), key=lambda i: wishes[i].starts_at)


def rest_of(course, at):
    """The infusions of a course still to come, in order of time."""
    return [one for one in planned_infusions(course) if one.starts_at >= at and one.state in ("booked", "confirmed")]
