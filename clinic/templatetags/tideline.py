"""The house's own words, drawings and charts in templates: `{% load tideline %}`."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django import template
from django.middleware.csrf import get_token
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from clinic import access, clock, language, words
from clinic.charts import draw
from clinic.charts.icons import drawing
from clinic.charts.svg import number
from clinic.forms import DayMonthYearField, TenWidget, is_card_choice
from clinic.models.base import CLINICAL

register = template.Library()


# ---- pictures
@register.simple_tag
def icon(name, extra=""):
    """A drawing of our own: `{% icon "pulse" %}`. A word must stand beside it."""
    return mark_safe(drawing(name, extra))  # noqa: S308 - our own constant drawings


@register.simple_tag
def chart(data, uid):
    """A chart of clinic.charts.data as inline SVG; `uid` must be unique in the page. Texts are escaped by the chart."""
    return mark_safe(draw(data, uid=str(uid)))  # noqa: S308 - clinic.charts escapes every text


# ---- places and permission
@register.simple_tag
def nav_url(name, *args, **kwargs):
    """The path of a url name, or "" where it doesn't exist (yet): then the link isn't shown."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def post_token(context):
    """The CSRF field, also inside an include with `only`."""
    request = getattr(context, "request", None)
    token = get_token(request) if request else context.get("csrf_token", "")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)


@register.simple_tag
def languages():
    """(code, name) of each language, every name in its own language."""
    return language.choices()


@register.simple_tag(takes_context=True)
def refusal_words(context, item, clinical=None):
    """The sentence of a refusal's item for this reader: the neutral one unless they may see clinical fields."""
    return _words_of(context, item, clinical)


def _words_of(context, item, clinical):
    if clinical in (None, ""):
        request = getattr(context, "request", None)
        clinical = bool(getattr(request, "memberships", None)) and access.sees(request, CLINICAL)
    return item.for_role(clinical=clinical)


# ---- forms
@dataclass(frozen=True)
class Line:
    """One line of an error summary."""

    words: str
    link: str = ""


@register.simple_tag(takes_context=True)
def error_lines(context, form=None, items=None, clinical=None):
    """Every error of a form and every item of a refusal, each with where it is mended."""
    lines = (
        []
        if not form
        else [
            Line(message, f"#{_target(form, name)}" if name in form.fields else "")
            for name, messages in form.errors.items()
            for message in messages
        ]
    )
    return lines + [Line(_words_of(context, item, clinical), item.link) for item in items or ()]


def _target(form, name):
    return form[name].auto_id if _is_group(form[name]) else form[name].id_for_label or form[name].auto_id


def _is_group(field):
    return field.use_fieldset or isinstance(field.field, DayMonthYearField)


@register.filter
def is_group(field):
    return _is_group(field)


@register.filter
def is_cards(field):
    return is_card_choice(field.field.widget)


@register.filter
def is_ten(field):
    return isinstance(field.field.widget, TenWidget)


@register.filter
def is_boxes(field):
    return isinstance(field.field, DayMonthYearField)


@register.filter
def is_check(field):
    return getattr(field.field.widget, "input_type", "") == "checkbox" and not field.use_fieldset


@register.simple_tag
def described(field):
    """The aria-describedby attribute of a field: its hint and its error, whichever are there."""
    ids = _described_ids(field)
    return format_html('aria-describedby="{}"', ids) if ids else ""


def _described_ids(field):
    ids = [f"{field.auto_id}_hint"] if field.help_text else []
    return " ".join(ids + ([f"{field.auto_id}-err"] if field.errors else []))


@register.simple_tag
def plain_widget(field, width=None):
    """The input with our classes, described by its hint and its error."""
    kind = getattr(field.field.widget, "input_type", "")
    base = {"checkbox": "form-check-input", "select": "form-select", "file": "form-control"}.get(kind, "form-control")
    width = width or getattr(field.field, "width", None)
    own = field.field.widget.attrs.get("class", "")
    classes = [own, base, f"w-{width}" if width else "", "is-invalid" if field.errors else ""]
    attrs = {"class": " ".join(filter(None, classes)), "placeholder": False}
    if ids := _described_ids(field):
        attrs["aria-describedby"] = ids
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@dataclass(frozen=True)
class Box:
    """One of the three boxes of a date."""

    words: str
    name: str
    id: str
    value: str
    is_number: bool = True
    wide: bool = False


@register.simple_tag
def date_boxes(field):
    """The boxes of a DayMonthYearField with what was typed, in the order in which this language says a date."""
    widget, value = field.field.widget, field.value()
    values = value if isinstance(value, list) else widget.decompress(value)
    typed = dict(zip(("month", "day", "year"), values, strict=True))
    return [_box(field, name, typed[name]) for name in words.date_order()]


def _box(field, name, typed):
    said = {"month": gettext("Month"), "day": gettext("Day"), "year": gettext("Year")}[name]
    value = "" if typed is None else typed
    return Box(said, f"{field.html_name}_{name}", f"{field.auto_id}_{name}", value, name != "month", name == "year")


@dataclass(frozen=True)
class Option:
    """One number of a 0-10 scale."""

    value: int
    words: str
    checked: bool
    was: bool


@register.simple_tag
def ten_options(value=None, was=None, low="", high="", top=10):
    """The numbers 0 to `top`; `value` is chosen, `was` only marked. Zero is a value; blank is not zero."""
    chosen, before = _text(value), _text(was)
    ends = {0: low, top: high}
    return [Option(n, ends.get(n, ""), str(n) == chosen, str(n) == before) for n in range(top + 1)]


def _text(value):
    return "" if value is None else str(value)


# ---- times, dates, doses, names
def _zone(place):
    """A zone from a site, a patient, a ZoneInfo or a name; None: the zone of this request."""
    if place in (None, ""):
        return timezone.get_current_timezone()
    if isinstance(place, str):
        return ZoneInfo(place)
    return getattr(place, "zone", place)


@register.filter
def clinic_time(at, place=None):
    """14:05 on the site's clock; says whose clock when it isn't the reader's."""
    if at is None or at == "":
        return ""
    zone = _zone(place)
    said = words.clinic_time(at, zone)
    return said if str(zone) == str(timezone.get_current_timezone()) else f"{said} {_city(zone)} time"


def _city(zone):
    return str(zone).rsplit("/", 1)[-1].replace("_", " ")


@register.filter
def clinic_date(day, place=None):
    """14-May-2026; a moment is taken to the site's day."""
    return words.clinic_date(words.local(day, _zone(place))) if day else ""


@register.filter
def clinic_moment(at, place=None):
    """14-May-2026 14:05."""
    return f"{clinic_date(at, place)} {clinic_time(at, place)}" if at else ""


@register.filter
def patient_date(day, place=None):
    """Thursday 14 May."""
    return words.patient_date(words.local(day, _zone(place))) if day else ""


@register.filter
def full_date(day, place=None):
    """14 May 2026."""
    return words.full_date(words.local(day, _zone(place))) if day else ""


@register.filter
def patient_time(at, place=None):
    """2:05 pm, on the patient's clock."""
    return words.patient_time(words.local(at, _zone(place))) if at else ""


@register.filter
def age_words(at, now=None):
    """4 min ago."""
    return words.age_words(at, now or clock.now()) if at else ""


@register.filter
def figure(value):
    """A number without dangling zeros; None is empty, zero is 0."""
    return words.figure(value)


@register.filter
def dose(value, unit="mg"):
    """A number with its unit on one line: 72 mg, 0.5 mg/kg."""
    return words.dose(value, unit)


@register.filter
def surname_first(person):
    """OKAFOR, Ngozi."""
    return f"{person.family_name.upper()}, {person.given_name}" if person else ""


@register.filter
def years_old(born, today=None):
    """Whole years, today at this site or on the day given."""
    return words.years_old(born, today or words.today_in(timezone.get_current_timezone(), clock.now())) if born else ""


@register.simple_tag
def progress_bar(done, of):
    """A bar of `of` pieces with the first `done` filled; the words beside it say the same."""
    wide = 350 / max(of, 1)
    pieces = ((("d" if n < done else "o"), n * wide) for n in range(of))
    drawn = format_html_join(
        "",
        '<rect class="{}" x="{}" y="0" width="{}" height="5"/>',
        ((cls, number(x), number(wide - 3)) for cls, x in pieces),
    )
    return format_html(
        '<svg viewBox="0 0 347 5" preserveAspectRatio="none" aria-hidden="true" focusable="false">{}</svg>', drawn
    )
