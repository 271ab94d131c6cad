"""Staff fill in a packet together with the patient: which pages, what each shows, where to go next."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from clinic import access
from clinic.models.base import MENTAL
from intake.access import row_of
from intake.presenters import packet as presenters
from intake.presenters import packet_page
from intake.presenters.helping import help_of
from intake.queries import pages_and_answers
from intake.rules import helping as rules

STATES = {"done": "Done", "draft": "Started"}


@dataclass(frozen=True, slots=True)
class HelperStep:
    """A page that this helper may fill in, or one that others have answered (``url`` is empty then)."""

    slug: str
    title: str
    url: str
    state: str
    is_done: bool


def may(request, packet, page, user):
    """What this member of staff may do with the page: FILL, BY_PATIENT or ANSWERED."""
    row = row_of(packet, page.slug)
    return rules.page_for_helper(
        receives=access.sees(request, page.field_class, site=packet.site),
        is_mental=page.field_class == MENTAL,
        is_begun=row is not None,
        is_own=row is not None and row.help is not None and row.help.user_id == user.pk,
    )


def steps(request, packet, user):
    """The pages for this helper in order. Those the patient does alone are left out, whether they are asked or not."""
    found = [(page, may(request, packet, page, user)) for page in pages_and_answers(packet)[0]]
    return [_step(packet, page, what) for page, what in found if what != rules.BY_PATIENT]


def _step(packet, page, what):
    row = row_of(packet, page.slug)
    state = STATES.get(row.state, "") if row else "To do"
    if what == rules.ANSWERED:
        return HelperStep(page.slug, page.about_the_patient, "", "The patient has answered this", row.is_done)
    return HelperStep(page.slug, page.about_the_patient, url(packet, page.slug), state, state == "Done")


def url(packet, slug):
    """The address of a page in the staff's mode."""
    return reverse("intake:fill-page", args=[packet.pk, slug])


def home_url(packet):
    """The address of the list of pages."""
    return reverse("intake:fill-home", args=[packet.pk])


def home(request, packet, actor):
    """Context of the list: what this helper may fill in, what is left, what stays with the patient."""
    found = steps(request, packet, actor.by)
    left = [step for step in found if step.url and not step.is_done]
    return {
        "packet": packet,
        "patient": packet.patient,
        "steps": found,
        "left": len(left),
        "go_on": left[0].url if left else "",
        "sees_all": access.sees(request, MENTAL, site=packet.site),
        "has_begun": actor.help is not None,
        "helped": help_of(packet),
        "speakers": [one for one in packet.patient.representatives.all() if one.until is None and one.email],
    }


def next_url(request, packet, slug, user):
    """The next page after this one that the helper may fill in; after the last, the list."""
    found = [step for step in steps(request, packet, user) if step.url]
    slugs = [step.slug for step in found]
    place = slugs.index(slug) + 1 if slug in slugs else 0
    return found[place].url if 0 < place < len(found) else home_url(packet)


def where_next(sent, request, packet, user):
    """The address after a save: the list, the same page with another row, help first, or the next page."""
    here = url(packet, sent.page.slug)
    if sent.do == "later":
        return home_url(packet)
    if sent.do == "more":
        return f"{here}#row-{sent.form.row_count + packet_page.ROWS_MORE}"
    if packet_page.is_worrying(sent.row.answers) and "help" not in request.GET:
        return f"{here}?help=1"
    packet.__dict__.get("_prefetched_objects_cache", {}).clear()
    return next_url(request, packet, sent.page.slug, user)


def addresses(request, packet, page):
    """The addresses that a packet page shows in the staff's mode, and where it stands among this helper's pages."""
    return {
        "progress": progress(request, packet, page.slug, request.user),
        "home_url": home_url(packet),
        "back_url": home_url(packet),
        "draft_url": reverse("intake:fill-draft", args=[packet.pk, page.slug]),
    }


def hidden_conflict(request, packet, page):
    """What is not shown of a conflict to a role that does not receive the page's class."""
    return {} if access.sees(request, page.field_class, site=packet.site) else {"conflict_lines": [], "is_closed": True}


def progress(request, packet, slug, user):
    """Where this page stands among the pages of this helper."""
    found = steps(request, packet, user)
    slugs = [step.slug for step in found]
    if slug not in slugs:
        raise Http404
    return presenters.bar(slugs.index(slug) + 1, len(found))
