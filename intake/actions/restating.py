"""Something new was said after a packet was sent: statements, scores and findings follow; nothing given is changed."""

from django.utils import translation

from clinic import audit
from intake.actions.findings import recheck, refresh_findings
from intake.actions.hearing import hear
from intake.actions.statements import OCCASION, STAFF_LANGUAGE, keep_score, statements_in
from intake.forms.instruments import InstrumentForm
from intake.models import Assessment
from intake.queries import pages_and_answers
from intake.rules.overlay import sent_in_order


def packet_said_something_new(*, packet, slugs, by, at):
    """Bring the record up to what counts now: ``slugs`` were answered again or corrected. Inside the caller's action.

    A corrected answer is staff's, one answered again the patient's. Findings of an unsigned assessment are refreshed;
    with an approval, what is new since then opens a task.
    """
    forget(packet)
    pages, answers = pages_and_answers(packet, verified=True)
    staff = by if getattr(by, "is_staff_user", False) else None
    with translation.override(STAFF_LANGUAGE):
        for model, rows in statements_in(answers):
            _restate(model, rows, packet, staff, at)
    for page in pages:
        if page.slug in slugs and issubclass(page.form, InstrumentForm) and not page.form.only:
            keep_score(packet, page, answers, at, language=_language(packet, page.slug), by=staff)
    if staff is not None:
        hear(packet, _of(pages, slugs, answers), by=by, at=at)
    audit.record("packet.restated", packet, by=by, patient=packet.patient, site=packet.site, at=at)
    _judge_again(packet, by, at)


def forget(packet):
    """Drop what was prefetched: it is older than what has just been written."""
    packet.__dict__.get("_prefetched_objects_cache", {}).clear()


def _restate(model, rows, packet, staff, at):
    """End what is no longer said, write what is new, leave the rest (and who verified it) as it is."""
    standing = list(
        model.objects.select_for_update().filter(
            patient=packet.patient_id, occasion_kind=OCCASION, occasion_id=packet.pk, ended_at=None
        )
    )
    for row in rows:
        same = next((one for one in standing if all(getattr(one, name) == value for name, value in row.items())), None)
        if same is not None:
            standing.remove(same)
            continue
        model.objects.create(
            patient=packet.patient,
            source="staff" if staff else "patient",
            said_at=at,
            recorded_by=staff,
            occasion_kind=OCCASION,
            occasion_id=packet.pk,
            **row,
        )
    model.objects.filter(pk__in=[one.pk for one in standing]).update(ended_at=at)


def _language(packet, slug):
    newest = [row.language for row in sent_in_order(packet.supplements.all()) if row.slug == slug]
    return newest[-1] if newest else ""


def _of(pages, slugs, answers):
    codes = {code for page in pages if page.slug in slugs for code in page.codes}
    return {code: value for code, value in answers.items() if code in codes}


def _judge_again(packet, by, at):
    assessment = Assessment.objects.filter(packet=packet, signed_at=None).first()
    if assessment is not None:
        refresh_findings(assessment=assessment, by=by, at=at)
    recheck(patient=packet.patient, site=packet.site, by=by, at=at)
