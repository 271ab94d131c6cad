"""One page of the packet: what was sent, how it is kept, what is shown, where to go next."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.urls import reverse

from intake.access import row_of
from intake.actions import packets
from intake.actions.packets import ALERT_ITEM
from intake.presenters import packet as presenters

NOT_DRAFT = ("csrfmiddlewaretoken", "do", "version")
ROWS_MORE = 1


def zone_of(packet):
    """The patient's own time zone, else the site's."""
    return ZoneInfo(packet.patient.zone_name) if packet.patient.zone_name else packet.site.zone


def crisis(site):
    """The number to call in a crisis, as the site's policy says; 988 before a policy is set."""
    return site.policy.crisis_phone if site.policy else "988"


@dataclass
class Sent:
    """A page as it came back: its form, the version it was made from, what the patient asked for."""

    data: object
    page: object
    row: object = None
    form: object = field(init=False)

    def __post_init__(self):
        self.form = self.page.form(self.data)

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


def keep(sent, *, packet, by):
    """Save a complete page; keep anything else as a draft, so that nothing typed is lost. May raise Conflict."""
    common = {"packet": packet, "slug": sent.page.slug, "version": sent.version, "by": by}
    if sent.do == "continue" and sent.form.is_valid():
        sent.row = packets.save_page(answers=sent.form.to_answers(), **common)
    else:
        sent.row = packets.save_draft(draft=_grown(sent), **common)


def _grown(sent):
    if sent.do != "more":
        return sent.draft
    return sent.draft | {"rows": str(sent.form.row_count + ROWS_MORE)}


def where_next(sent, packet, query):
    """The address after saving: the list, the same page, help, the check page, or the next page."""
    slug = sent.page.slug
    if sent.do == "later":
        return f"{reverse('intake:packet-home')}?saved=1"
    if sent.do == "more":
        return f"{presenters.page_url(slug)}#row-{sent.form.row_count + ROWS_MORE}"
    if is_worrying(sent.row.answers) and "help" not in query:
        return f"{presenters.page_url(slug)}?help=1"
    packet.__dict__.get("_prefetched_objects_cache", {}).clear()
    return reverse("intake:packet-check") if query.get("from") == "check" else presenters.next_url(packet, slug)


def is_worrying(answers):
    """Was item 9 of the PHQ-9 answered with more than "not at all"?"""
    return str(answers.get(ALERT_ITEM) or "0") not in ("0", "")


def unbound_form(page, row, patient):
    """The page's form with what was saved; a first look knows the name we call the patient by."""
    if row is None:
        return page.form(initial={"preferred_name": patient.preferred_name or patient.given_name})
    return page.form(initial=row.draft or row.answers)


def frame(request, packet):
    """What every page of the packet shows around its content."""
    return {
        "packet": packet,
        "clinic_site": packet.site,
        "crisis": crisis(packet.site),
        "zone": zone_of(packet),
        "until": request.patient_link.expires_at,
        "saved_now": "saved" in request.GET,
    }


def context(request, packet, page, form, *, conflict, version):
    """Everything the page template needs."""
    row = row_of(packet, page.slug)
    said = (row.draft or row.answers) if row else {}
    return frame(request, packet) | {
        "page": page,
        "form": form,
        "row": row,
        "version": version if version is not None else (row.version if row else 0),
        "progress": presenters.progress(packet, page.slug),
        "back_url": presenters.back_url(packet, page.slug),
        "conflict_lines": page.form.lines(conflict.current.answers) if conflict and conflict.current.is_done else [],
        "is_conflict": conflict is not None,
        "asks_mood": ALERT_ITEM in form.fields,
        "is_worrying": is_worrying(said),
        "help_first": "help" in request.GET,
    }
