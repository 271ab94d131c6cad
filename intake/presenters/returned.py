"""What staff see while they correct a page or ask the patient again, and what the patient sees of reopened pages."""

from dataclasses import dataclass

from django.urls import reverse

from intake import questions
from intake.forms.review import AskForm, NoteForm, ReasonForCorrection
from intake.presenters import packet_page
from intake.presenters.beside import sheets
from intake.queries import pages_and_answers
from intake.reviewing import review_of
from intake.rules.facts import UNANSWERED


# ---- staff
def correcting(packet, slug, *, form=None, why=None, note=None):
    """Context of correcting one page: its own form with what counts now, and the patient's words."""
    found = review_of(packet, previous_id=packet.previous_id)
    page = questions.BY_SLUG[slug]
    sheet = next((sheet for sheet in sheets(found) if sheet.slug == slug), None)
    counts = {code: found.counts[code] for code in page.codes if code in found.counts}
    return {
        "packet": packet,
        "patient": packet.patient,
        "page": page,
        "sheet": sheet,
        "form": form or page.form(initial=counts, known=found.counts),
        "why": why or ReasonForCorrection(initial={"seen": sheet.seen if sheet else 0}),
        "note": note or NoteForm(),
    }


def known_now(packet):
    """Every answer that counts now: what a page's form must know of the others."""
    return review_of(packet, previous_id=None).counts


def asking(packet, *, form=None, slugs=(), codes=()):
    """Context of choosing what goes back to the patient, with the questions that are still open."""
    found = review_of(packet, previous_id=packet.previous_id)
    open_ones = [(page, left) for page in found.pages if (left := unanswered(page, found.counts))]
    return {
        "packet": packet,
        "patient": packet.patient,
        "open_ones": [
            (page.about_the_patient, [str(questions.label_of(code)) for code in left]) for page, left in open_ones
        ],
        "form": form or AskForm(asked=found.pages, initial={"pages": list(slugs), "codes": list(codes)}),
        "meant": [str(questions.label_of(code)) for code in codes],
        "open_request": found.open_request,
    }


def pages_of(packet):
    """The pages that were asked of this patient, in order."""
    return pages_and_answers(packet, verified=True)[0]


def unanswered(page, answers):
    """The codes of the page's questions that were left blank or answered with "not sure"."""
    return [
        code
        for code, asked in page.form.base_fields.items()
        if code != "sure" and asked.required and answers.get(code, "") in UNANSWERED
    ]


# ---- the patient
@dataclass(frozen=True, slots=True)
class Step:
    """One reopened page: where it is and how far it is."""

    slug: str
    title: str
    url: str
    is_done: bool
    has_begun: bool


def steps(request):
    """The reopened pages in the packet's order."""
    rows = {row.slug: row for row in request.pages.all()}
    return [
        Step(page.slug, page.title, url_of(page.slug), rows[page.slug].is_done, rows[page.slug].state != "asked")
        for page in questions.PAGES
        if page.slug in rows
    ]


def url_of(slug):
    """The address of one reopened page."""
    return reverse("intake:questions-page", args=[slug])


def frame(http, request):
    """What every page of the reopened ones shows around its content."""
    packet = request.packet
    return {
        "packet": packet,
        "question": request,
        "clinic_site": packet.site,
        "crisis": packet_page.crisis(packet.site),
        "zone": packet_page.zone_of(packet),
        "until": request.due_on,
        "saved_now": "saved" in http.GET,
        "help_first": "help" in http.GET,
        "home_url": reverse("intake:questions-home"),
    }


def home(http, request):
    """Context of the list: what we ask, what is done, where to go on."""
    found = steps(request)
    left = [step for step in found if not step.is_done]
    return frame(http, request) | {
        "steps": found,
        "left": len(left),
        "go_on": left[0].url if left else "",
        "shows_earlier": shows_earlier(http),
    }


def shows_earlier(http):
    """May this browser see what was answered before? Only after the six digits."""
    return "code" in http.session.get(f"link-proofs:{http.patient_link.purpose}", ())


def form_of(http, page, row, known):
    """The page's form: what was typed here; before that, blank, or the earlier answers after the six digits."""
    if row.draft or row.answers:
        return page.form(initial=row.draft or row.answers, known=known)
    earlier = {code: known[code] for code in page.codes if code in known} if shows_earlier(http) else {}
    return page.form(initial=earlier, known=known)


def page_context(http, request, page, row, form, *, conflict=None, version=None):
    """Everything the page of one reopened page needs."""
    said = form.data if form.is_bound else (row.draft or row.answers)
    packet_page.mark_worrying(form)
    now = conflict.current if conflict else None
    version = now.version if now else version
    slugs = [step.slug for step in steps(request)]
    place = slugs.index(page.slug)
    return frame(http, request) | {
        "page": page,
        "form": form,
        "row": row if row.state != "asked" else None,
        "version": row.version if version is None else version,
        "number": place + 1,
        "count": len(slugs),
        "meant": [questions.label_of(code) for code in row.codes],
        "back_url": url_of(slugs[place - 1]) if place else reverse("intake:questions-home"),
        "draft_url": reverse("intake:questions-draft", args=[page.slug]),
        "is_conflict": conflict is not None,
        "conflict_lines": page.form.lines(now.answers) if now and now.is_done else [],
        "asks_mood": any(getattr(asked, "needs_person", False) for asked in form.fields.values()),
        "help_first": packet_page.is_worrying(said) and (form.is_bound or "help" in http.GET),
        "shows_earlier": shows_earlier(http),
    }


def typed(sent):
    """What to keep of a page that is not complete: everything, and one more row where it was asked for."""
    if sent.do != "more":
        return sent.draft
    return sent.draft | {"rows": str(sent.form.row_count + packet_page.ROWS_MORE)}


def is_as_kept(sent, row):
    """Was only the language switched, on a page that stands as it was?"""
    if not sent.form.is_switching:
        return False
    if row.state == "asked":
        return not any(sent.draft.values())
    return row.is_done and sent.form.is_complete and sent.form.to_answers() == row.answers


def where_next(sent, request, query):
    """The address after saving one reopened page."""
    if sent.do == "more":
        return f"{url_of(sent.page.slug)}#row-{sent.form.row_count + packet_page.ROWS_MORE}"
    told = packet_page.is_worrying(sent.data)
    if sent.do == "later":
        return f"{reverse('intake:questions-home')}?saved=1{'&help=1' if told else ''}"
    if told and "help" not in query:
        return f"{url_of(sent.page.slug)}?help=1"
    left = [step for step in steps(request) if not step.is_done]
    return left[0].url if left else reverse("intake:questions-home")
