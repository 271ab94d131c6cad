"""The progress letter to the referrer: draft, edit, sign, and note each time it went out."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, Max, Q
from django.db.models.functions import Least

from clinic import audit, clock, letters, words
from clinic.access import roles_of
from clinic.actions.disclosures import note_disclosure
from clinic.actions.documents import keep_letter
from clinic.actions.tasks import close_task, open_task, withdraw_task
from clinic.models import Course, Role
from clinic.pdf import pdf_or_refuse
from clinic.refusal import Conflict, Item, refuse_if
from followup.models import LetterSending, ProgressLetter
from followup.presenters.letter_curve import drawn_curve
from followup.presenters.progress import HEAD, filling
from followup.queries.relief import local_today
from followup.rules import progress as rules

KIND = "progress"
READ_WITHIN = timedelta(days=7)
WAYS = [code for code, _ in LetterSending.WAYS]
# How a letter went out -> how the accounting says it.
DISCLOSED = {"printed": "handed", "post": "post", "fax": "fax", "secure": "secure"}
FIELDS = ("title", "body", "to_name", "to_address", "with_figures")


def due_courses(at: datetime) -> list[Course]:
    """Courses whose letter is due: the series was given, or the course is over, and nothing was written since."""
    given = Q(infusion_sessions__started_at__isnull=False) & ~Q(infusion_sessions__ending="not_started")
    rows = Course.objects.filter(signed_at__isnull=False, patient__referrer__isnull=False).annotate(
        given=Count("infusion_sessions", filter=given, distinct=True),
        last_at=Max("infusion_sessions__started_at", filter=given),
        written=Max("progress_letters__infusions"),
    )
    is_over = Q(given__gte=F("planned_number")) | Q(state__in=rules.OVER, given__gte=1)
    unwritten = Q(written__isnull=True) | Q(written__lt=Least("given", "planned_number"))
    found = rows.filter(is_over, unwritten, last_at__lte=at - rules.DUE_AFTER).select_related("patient", "site")
    return [course for course in found.order_by("last_at") if _is_due(course, at)]


def _is_due(course: Course, at: datetime) -> bool:
    return rules.is_due(
        given=course.given,
        planned=course.planned_number,
        state=course.state,
        last=course.last_at.astimezone(course.site.zone).date(),
        today=local_today(course, at),
        written_at=[course.written] if course.written is not None else [],
    )


@transaction.atomic
def draft_due(*, course: Course, at: datetime | None = None) -> ProgressLetter:
    """Draft the letter that is due and ask the prescribers to read it; once."""
    at = at or clock.now()
    letter = _draft(_locked_course(course), by=None, at=at)
    if letter.task is None:
        letter.task = _ask_to_read(letter, at)
        letter.save(update_fields=["task"])
    return letter


def _ask_to_read(letter, at):
    course = letter.course
    return open_task(
        "review",
        title=f"Progress letter to {letter.to_name}: read, edit and sign it",
        neutral_title="A letter waits for the prescriber.",
        patient=course.patient,
        site=course.site,
        due_at=at + READ_WITHIN,
        for_role=Role.PRESCRIBER,
        by=None,
        subject=letter,
        dedupe_key=f"progress:{letter.pk}",
        at=at,
    )


@transaction.atomic
def start_letter(*, course: Course, by, at: datetime | None = None) -> ProgressLetter:
    """The open draft of this course, or a new one filled from the record as it stands now.

    Raises Refused for anyone but a prescriber, without a referrer, and before any infusion.
    """
    at = at or clock.now()
    course = _locked_course(course)
    given = _given(course)
    refuse_if(
        rules.write_items(
            roles=roles_of(by, course.site, at), has_referrer=course.patient.referrer is not None, given=given
        )
    )
    return _draft(course, by=by, at=at)


def _draft(course, *, by, at):
    open_one = course.progress_letters.filter(signed_at=None, discarded_at=None).select_related("task").first()
    if open_one is not None:
        return open_one
    found = letters.words_of(KIND, letters.ENGLISH)
    said, table, curve = filling(course, at)
    title, body = letters.fill(found, _values(course, by, at) | said)
    referrer = course.patient.referrer
    letter = ProgressLetter.objects.create(
        course=course, referrer=referrer, infusions=_given(course), text=found.text, language=found.language,
        title=title[:160], body=body, figures=table, curve=curve, to_name=referrer.name,
        to_address=referrer.organisation, made_at=at, made_by=by,
    )  # fmt: skip
    _record("progress.drafted", letter, by, at)
    return letter


def _values(course, by, at):
    patient, site = course.patient, course.site
    signer = by or course.prescriber
    return {
        "patient": f"{patient.given_name} {patient.family_name}",
        "name": patient.short_name,
        "today": words.clinic_date(at.astimezone(site.zone).date()),
        "site": site.name,
        "address": site.address,
        "phone": site.phone,
        "prescriber": " ".join(filter(None, [signer.name, signer.credentials])),
        "referrer": patient.referrer.name,
        "organisation": patient.referrer.organisation,
        "born_on": words.clinic_date(patient.born_on),
        "record": patient.record_number,
    }


@transaction.atomic
def edit_letter(*, letter: ProgressLetter, version: int, by, at: datetime | None = None, **said) -> ProgressLetter:
    """Keep the prescriber's words (title, body, to_name, to_address, with_figures).

    Conflict on an old `version`; Refused once it is signed or put away.
    """
    at = at or clock.now()
    letter = _locked(letter)
    refuse_if(rules.edit_items(roles=roles_of(by, letter.course.site, at), is_open=letter.is_open))
    if all(getattr(letter, name) == said[name] for name in FIELDS):
        return letter
    _check_version(letter, version)
    for name in FIELDS:
        setattr(letter, name, said[name])
    letter.version += 1
    letter.save(update_fields=[*FIELDS, "version"])
    _record("progress.edited", letter, by, at)
    return letter


@transaction.atomic
def sign_letter(*, letter: ProgressLetter, version: int, by, at: datetime | None = None) -> ProgressLetter:
    """Sign it: the file is made and kept, the words are locked. Signing what is signed changes nothing.

    Raises Refused with all that is missing (also the PDF library), Conflict on an old `version`.
    """
    at = at or clock.now()
    letter = _locked(letter)
    if letter.is_signed:
        return letter
    roles = roles_of(by, letter.course.site, at)
    refuse_if(
        rules.sign_items(
            roles=roles, is_open=letter.is_open, title=letter.title, body=letter.body, to_name=letter.to_name
        )
    )
    _check_version(letter, version)
    letter.printed_name = " ".join(filter(None, [by.name, by.credentials]))
    letter.document = _keep(letter, by, at)
    letter.signed_at, letter.signed_by = at, by
    letter.save(update_fields=["printed_name", "document", "signed_at", "signed_by"])
    _record("progress.signed", letter, by, at)
    if letter.task and letter.task.state == "open":
        close_task(task=letter.task, by=by, outcome="Signed.", at=at)
    return letter


@transaction.atomic
def discard_letter(*, letter: ProgressLetter, by, at: datetime | None = None) -> ProgressLetter:
    """Put an unsigned draft away; it stays in the record and another one may be begun. Refused once it is signed."""
    at = at or clock.now()
    letter = _locked(letter)
    refuse_if(rules.edit_items(roles=roles_of(by, letter.course.site, at), is_open=letter.is_open))
    letter.discarded_at, letter.discarded_by = at, by
    letter.save(update_fields=["discarded_at", "discarded_by"])
    _record("progress.discarded", letter, by, at)
    if letter.task and letter.task.state == "open":
        withdraw_task(task=letter.task, by=by, reason="the draft was put away", at=at)
    return letter


@transaction.atomic
def note_sent(
    *, letter: ProgressLetter, way: str, to_whom: str, by, words: str = "", at: datetime | None = None
) -> LetterSending:
    """Note that a signed letter went out: a disclosure, kept with who, when, how and to whom."""
    at = at or clock.now()
    letter = _locked(letter)
    roles = roles_of(by, letter.course.site, at)
    refuse_if(rules.send_items(roles=roles, is_signed=letter.is_signed, way=way, ways=WAYS, to_whom=to_whom))
    row = LetterSending.objects.create(
        letter=letter, way=way, to_whom=to_whom.strip(), words=words.strip(), sent_at=at, sent_by=by
    )
    note_disclosure(
        patient=letter.course.patient,
        site=letter.course.site,
        kind="letter",
        way=DISCLOSED[way],
        purpose="treatment",
        what="Progress letter after a series",
        to_whom=row.to_whom,
        note=row.words,
        by=by,
        subject=letter,
        sha256=letter.document.sha256,
        at=at,
    )
    return row


def letter_pdf(letter: ProgressLetter, *, at: datetime) -> bytes:
    """The letter as PDF bytes. Raises Refused in words where the server can't make PDFs."""
    context = {"letter": letter, "head": HEAD, "curve": drawn_curve(letter), "at": letter.signed_at or at}
    return pdf_or_refuse("followup/progress_pdf.html", context)


def _keep(letter, by, at):
    content = letter_pdf(letter, at=at)
    return keep_letter(letter=letter, about=letter.course, content=content, by=by, at=at)


def _given(course):
    return course.infusion_sessions.filter(started_at__isnull=False).exclude(ending="not_started").count()


def _locked_course(course):
    related = ("patient__referrer", "site", "prescriber", "protocol_version__protocol")
    return Course.objects.select_for_update(of=("self",)).select_related(*related).get(pk=course.pk)


def _locked(letter):
    related = ("course__patient", "course__site", "task", "document")
    return ProgressLetter.objects.select_for_update(of=("self",)).select_related(*related).get(pk=letter.pk)


def _check_version(letter, version):
    if letter.version != version:
        raise Conflict(Item("letter-changed", "Somebody else has changed this letter."), current=letter)


def _record(verb, letter, by, at, detail=None):
    course = letter.course
    audit.record(verb, letter, by=by, patient=course.patient, site=course.site, at=at, detail=detail)
