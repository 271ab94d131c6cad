"""One page of the packet: what was sent, how it is kept, what is shown, where to go next."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext

from clinic import language, words
from clinic.presenters.crisis import Crisis
from clinic.refusal import Conflict
from intake.access import packet_actor, row_of
from intake.actions import helping, packets
from intake.forms.instruments import InstrumentForm
from intake.presenters import packet as presenters
from intake.presenters.helping import with_words
from intake.queries import answers_of
from intake.rules.alerts import alert_answers
from intake.rules.packet import TAB

NOT_DRAFT = ("csrfmiddlewaretoken", "do", "version", language.SWITCH, TAB)
ROWS_MORE = 1


def zone_of(packet):
    """The patient's own time zone, else the site's."""
    return ZoneInfo(packet.patient.zone_name) if packet.patient.zone_name else packet.site.zone


def crisis(site):
    """Whom to call in a crisis, as the site's policy says; and until when nobody at the clinic reads it."""
    return Crisis(site)


@dataclass
class Sent:
    """A page as it came back: its form, the version it was made from, what the patient asked for.

    ``known`` is what other pages and the record say.
    """

    data: object
    page: object
    known: dict
    row: object = None
    form: object = field(init=False)

    def __post_init__(self):
        self.form = self.page.form(self.data, known=self.known)

    @property
    def do(self):
        """continue, later or more."""
        return self.data.get("do", "continue")

    @property
    def version(self):
        """The version the patient saw; 0 for a page that had none, or for junk."""
        text = self.data.get("version", "0")
        return int(text) if text.isdecimal() else 0

    @property
    def tab(self):
        """Which page of which device this comes from, and its number there; "" without a script."""
        return self.data.get(TAB, "")[:60]

    @property
    def draft(self):
        """Everything typed, as it was typed; lists where several could be chosen."""
        return {
            name: values if name in self.page.form.base_fields and _is_list(self.page, name) else values[-1]
            for name, values in self.data.lists()
            if name not in NOT_DRAFT
        }

    @property
    def has_errors(self):
        """Did the patient want to go on with a page that is not complete?"""
        return self.do == "continue" and not self.form.is_valid()


def _is_list(page, name):
    return getattr(page.form.base_fields[name].widget, "allow_multiple_selected", False)


def sent(request, packet, page):
    """The page as it came back in this request."""
    return Sent(request.POST, page, answers_of(packet))


def keep(sent, *, packet, actor):
    """Save a complete page; keep anything else as a draft, so that nothing typed is lost. May raise Conflict."""
    if sent.form.is_switching and _is_as_kept(sent, row_of(packet, sent.page.slug)):
        return  # reading a page in another language leaves a finished page finished, and an untouched one untouched
    common = _how(sent, packet, actor)
    if sent.do == "continue" and sent.form.is_valid():
        sent.row = packets.save_page(answers=sent.form.to_answers(), **common)
    else:
        sent.row = packets.save_draft(draft=_grown(sent), **common)


def _is_as_kept(sent, row):
    if row is None:
        return not any(sent.draft.values())
    return row.is_done and sent.form.is_complete and sent.form.to_answers() == row.answers


def _how(sent, packet, actor):
    help = helping.help_of_save(packet=packet, actor=actor)
    where = {"packet": packet, "slug": sent.page.slug, "version": sent.version, "tab": sent.tab}
    return where | {"by": actor.by, "help": help}


def keep_draft(request, packet, page, actor):
    """(what the page's script is told, status): the version saved and when, in words, or 409 when it was changed."""
    typed = sent(request, packet, page)
    try:
        row = packets.save_draft(draft=typed.draft, **_how(typed, packet, actor))
    except Conflict:
        return {"saved": gettext("This page was changed on another device.")}, 409
    at = words.patient_time(row.saved_at.astimezone(zone_of(packet)))
    said = {"version": row.version, "saved": gettext("Saved at %(time)s.") % {"time": at}}
    return said | {"notes": getattr(typed.form, "notes", {})}, 200


def _grown(sent):
    if sent.do != "more":
        return sent.draft
    return sent.draft | {"rows": str(sent.form.row_count + ROWS_MORE)}


def where_next(sent, packet, query):
    """The address after saving: the list, the same page, help, the check page, or the next page."""
    slug, is_told = sent.page.slug, is_worrying(sent.data)
    if sent.do == "later":
        return f"{reverse('intake:packet-home')}?saved=1{'&help=1' if is_told else ''}"
    if sent.do == "more":
        return f"{presenters.page_url(slug)}#row-{sent.form.row_count + ROWS_MORE}"
    if is_told and "help" not in query:
        return f"{presenters.page_url(slug)}?help=1"
    packet.__dict__.get("_prefetched_objects_cache", {}).clear()
    return reverse("intake:packet-check") if query.get("from") == "check" else presenters.next_url(packet, slug)


def is_worrying(answers):
    """Is there an answer that needs a person at once, as saved or as typed?"""
    return bool(alert_answers(answers))


def mark_worrying(form):
    """Write beside each question that may need a person which of its choices do, for the help that shows at once."""
    for name, asked in form.fields.items():
        if getattr(asked, "needs_person", False):
            values = [str(value) for value, _ in asked.choices]
            asked.worrying = " ".join(value for value in values if is_worrying({name: value}))


def unbound_form(page, packet):
    """The page's form with what was saved; a first look knows the patient's name and what was carried over."""
    row, known, patient = row_of(packet, page.slug), answers_of(packet), packet.patient
    if row is not None:
        return page.form(initial=row.draft or row.answers, known=known)
    if issubclass(page.form, InstrumentForm):
        return page.form(initial=page.form.carry(known), known=known)
    return page.form(initial={"preferred_name": patient.preferred_name or patient.given_name}, known=known)


def frame(request, packet):
    """What every page of the packet shows around its content."""
    link = getattr(request, "patient_link", None)
    return {
        "with_words": with_words(packet_actor(request, packet), packet),
        "home_url": reverse("intake:packet-home"),
        "packet": packet,
        "clinic_site": packet.site,
        "crisis": crisis(packet.site),
        "zone": zone_of(packet),
        "until": link.expires_at if link else None,
        "saved_now": "saved" in request.GET,
        "help_first": "help" in request.GET,
    }


def context(request, packet, page, form, *, conflict, version):
    """Everything the page template needs."""
    row = row_of(packet, page.slug)
    said = form.data if form.is_bound else (row.draft or row.answers) if row else {}
    mark_worrying(form)
    now = conflict.current if conflict else None  # None too when the page was never saved: the old version is made up
    version = now.version if now else version
    return (
        frame(request, packet)
        | presenters.around(packet, page.slug)
        | {
            "page": page,
            "draft_url": reverse("intake:packet-draft", args=[page.slug]),
            "form": form,
            "row": row,
            "version": version if version is not None else (row.version if row else 0),
            "conflict_lines": page.form.lines(now.answers) if now and now.is_done else [],
            "is_conflict": conflict is not None,
            "asks_mood": any(getattr(asked, "needs_person", False) for asked in form.fields.values()),
            "help_first": is_worrying(said) and (form.is_bound or "help" in request.GET),
        }
    )
