"""The assessment screen, put together: findings, what they rest on, all answers with what stands beside them."""

from dataclasses import dataclass, replace

from django.urls import reverse

from clinic.language import english_name
from clinic.presenters.banner import banner
from clinic.presenters.required_tests import tests_panel
from clinic.queries import signed
from clinic.refusal import Refused
from intake.presenters import facts
from intake.presenters.beside import sheets
from intake.presenters.exam import exam_lines
from intake.presenters.found import groups, sentence, shown_findings
from intake.presenters.helping import filled_words
from intake.reviewing import review_of
from intake.rules import decisions
from intake.rules.conditions import treated
from intake.rules.letters import AUDIENCES
from intake.rules.verdicts import verdicts


def review(assessment):
    """The Review behind an assessment that came through the door. One query."""
    return review_of(assessment.packet, assessment=assessment, previous_id=assessment.previous_id)


def context(request, assessment, *, at, bound=None):
    """Everything the assessment page needs but its decision form. Four queries; three more once it is signed."""
    found = review(assessment)
    shown = shown_findings(found.findings)
    patient, packet, counts = assessment.patient, assessment.packet, found.counts
    pages = sheets(found)
    conditions = treated(packet.reason, counts.get("conditions"))
    return {
        "assessment": assessment,
        "packet": packet,
        "patient": patient,
        "banner": banner(request, patient, allergies=found.banner_allergies, alerts=found.banner_alerts),
        "sentence": sentence(assessment, shown, patient.short_name),
        "groups": groups(shown, bound),
        "verdicts": list(verdicts(found.findings, conditions).values()),
        "scores": facts.scores(found.responses),
        "pain": facts.pain(counts),
        "body_map": facts.picture(counts),
        "medicines": facts.medicines(counts, found.medications),
        "allergies": found.allergies,
        "mme": facts.mme_words(counts),
        "decision_words": decisions.DECISIONS.get(assessment.decision, ""),
        "exam": exam_lines(assessment),
        "addenda": found.addenda,
        "approval": next(iter(found.approvals), None),
        "proof": signed.proof_of(assessment) if assessment.is_signed else None,
        "told": next(iter(found.told), None),
        "letters": letters(assessment, found.letters),
        "tests": tests_panel(request, patient, at),
    } | answers(request, found, pages)


def answers(request, found, pages):
    """What the fragment with all answers needs, on the review and on the packet's page."""
    only_changed = request.GET.get("answers") == "changed"
    return {
        "review": found,
        "sheets": [sheet for sheet in pages if sheet.changed or not only_changed],
        "only_changed": only_changed,
        "changed": sum(sheet.changed for sheet in pages),
        "story": facts.story(pages),
        "previous": found.previous,
        "helped": list(dict.fromkeys(words for row in found.help if (words := filled_words(row)))),
        "languages": sorted({english_name(sheet.language) for sheet in pages if sheet.language}),
        "open_request": found.open_request,
        "past_requests": [row for row in found.requests if not row.is_open],
        "may_correct": found.packet.state in ("submitted", "in_review"),
    }


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One kind of letter of an assessment: what was sent, and the draft that is open, if there is one."""

    audience: str
    words: str
    sent: list
    draft: object
    can_write: bool


def letters(assessment, rows):
    """LetterRows of a signed assessment; the referrer's only where there is a referrer."""
    has_referrer = assessment.patient.referrer_id is not None
    return [
        LetterRow(
            audience,
            words,
            [row for row in rows if row.audience == audience and row.is_sent],
            next((row for row in rows if row.audience == audience and not row.is_sent), None),
            audience != "referrer" or has_referrer,
        )
        for audience, words in AUDIENCES.items()
    ]


def sign_context(assessment, user):
    """What the prescriber reads once more before signing, with what is still missing."""
    return {
        "assessment": assessment,
        "patient": assessment.patient,
        "decision_words": decisions.DECISIONS.get(assessment.decision, "No decision yet"),
        "exam": exam_lines(assessment),
        "settled": list(assessment.findings.in_force().exclude(resolution="").select_related("resolved_by")),
        "resolutions": decisions.RESOLUTIONS,
        "own_name": user.name,
        "meaning": assessment.MEANING,
        "missing": [] if assessment.is_signed else missing(assessment),
    }


def missing(assessment):
    """What keeps this assessment from being signed, each item with its link; [] when nothing does."""
    try:
        decisions.check_can_decide(
            decision=assessment.decision,
            reasons=assessment.reasons,
            conditions=assessment.conditions,
            wait_for=assessment.wait_for,
            findings=list(assessment.findings.in_force()),
            roles={decisions.PRESCRIBER},
            signed=False,
        )
    except Refused as refused:
        return linked(refused, assessment)
    return []


def linked(refused, assessment):
    """The items of a refusal that are mended on the assessment page, each with its link there."""
    page = reverse("intake:assessment-show", args=[assessment.pk])
    return [
        replace(item, link=f"{page}#{item.link or 'decide'}") for item in refused.items if item.field != "printed_name"
    ]


def unfielded(refused, form):
    """The refusal's items that belong to a field of this form."""
    return Refused(*[item for item in refused.items if item.field in form.fields])
