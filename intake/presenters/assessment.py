"""The assessment screen: the sentence, findings by weight, scores, medicines with MME, the story."""

from dataclasses import dataclass, field, replace

from django.urls import reverse

from clinic.instruments import library
from clinic.models import InstrumentResponse, Message
from clinic.refusal import Refused
from clinic.words import figure
from intake import questions
from intake.forms.assessment import SettleForm
from intake.forms.rows import dose_words
from intake.presenters.packet import said_lines
from intake.queries import answers_of
from intake.rules import decisions
from intake.rules.engine import GATING, Level
from intake.rules.facts import FACTS, medicines_in
from intake.rules.medicines import class_title, match
from intake.rules.mme import SOURCE, mme, parts_of

GROUPS = (
    (Level.HARD_STOP, "Hard stops"),
    (Level.NEEDS_ACTION, "Needs action"),
    (Level.UNKNOWN, "Not known: ask"),
    (Level.WARN, "Warnings"),
    (Level.INFO, "Good to know"),
)
STORY = ("conditions", "pain-story", "treatments", "daily-life", "goals", "questions")


@dataclass(slots=True)
class Shown:
    """One finding as it is shown; several unknowns that rest on the same question are one, with all their ids."""

    key: str
    level: str
    would_be: str
    reason: str
    rests_on: str
    value: str
    sources: list
    findings: list = field(default_factory=list)
    form: object = None

    @property
    def first(self):
        """The finding that stands for the group."""
        return self.findings[0]

    @property
    def is_open(self):
        """Has nobody settled it yet?"""
        return any(not finding.resolution for finding in self.findings)

    @property
    def resolution(self):
        """How it was settled, in words."""
        return decisions.RESOLUTIONS.get(self.first.resolution, "")

    @property
    def gates(self):
        """Must it be settled before a candidate can be treated?"""
        return self.would_be in GATING


def shown_findings(findings):
    """Findings in order of weight, unknowns on the same question together."""
    shown = {}
    for finding in findings:
        is_unknown = finding.level == Level.UNKNOWN
        key = f"ask-{FACTS[finding.fact][0]}" if is_unknown else f"finding-{finding.rule}"
        if key not in shown:
            shown[key] = _shown(key, finding)
        shown[key].findings.append(finding)
    return list(shown.values())


def _shown(key, finding):
    first = FACTS.get(finding.fact, (finding.fact,))[0]
    asked = questions.label_of(first) if first != "born_on" else "Date of birth"
    return Shown(key, finding.level, finding.would_be, finding.reason, asked, finding.value, [finding.source])


def groups(shown, bound=None):
    """[(level, title, findings)] that have any, each open one with its form; ``bound`` replaces the form of its key."""
    for item in shown:
        item.form = bound if bound is not None and bound.key == item.key else _form(item)
    return [(level, title, found) for level, title in GROUPS if (found := [s for s in shown if s.level == level])]


def _form(item):
    return SettleForm(key=item.key, choices=choices_for(item.findings))


def choices_for(findings):
    """The resolutions that may settle all of these findings."""
    offered = [decisions.offered(finding.would_be) for finding in findings]
    return [pair for pair in (offered[0] if offered else []) if all(pair in other for other in offered)]


def sentence(assessment, shown, name):
    """The title: what stands between this patient and a decision, gravest first."""
    if assessment.is_signed:
        return f"{decisions.DECISIONS[assessment.decision]}, signed by {assessment.printed_name}"
    waiting = [item for item in shown if item.is_open and item.gates]
    if any(item.first.rule in decisions.SAME_DAY and item.level != Level.UNKNOWN for item in waiting):
        return f"Talk to {name} today: an answer about self-harm"
    counts = {level: sum(item.level == level for item in waiting) for level, _ in GROUPS}
    for level, one, many in (
        (Level.HARD_STOP, "hard stop to settle", "hard stops to settle"),
        (Level.NEEDS_ACTION, "thing to settle", "things to settle"),
        (Level.UNKNOWN, "question to ask", "questions to ask"),
    ):
        if counts[level]:
            return f"{counts[level]} {one if counts[level] == 1 else many} before {name} can be treated"
    return f"Nothing stands in the way: decide about {name}"


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """An instrument's newest score, its band, and earlier scores with their days."""

    name: str
    out_of: str
    score: str
    band: str
    at: object
    earlier: list


def scores(patient):
    """ScoreRows of every instrument answered so far, newest first within each. One query."""
    by_code = {}
    for row in InstrumentResponse.objects.filter(patient=patient).order_by("-answered_at"):
        by_code.setdefault(row.instrument, []).append(row)
    return [_score_row(library.load(code), rows) for code, rows in by_code.items()]


def _score_row(instrument, rows):
    newest, *earlier = rows
    value = _score_words(newest)
    return ScoreRow(
        instrument.short,
        f"of {instrument.maximum}",
        value,
        _band(instrument, newest),
        newest.answered_at,
        [(_score_words(row), row.answered_at) for row in earlier[:3]],
    )


def _score_words(row):
    return figure(row.score) if row.scorable else "not scorable"


def _band(instrument, row):
    return next((band.label for band in instrument.bands if band.code == row.band), "")


def medicines(answers):
    """[(dose words, classes in words, MME or why not)] of the medicines listed, None when not answered."""
    listed = medicines_in(answers)
    if listed is None:
        return None
    return [(dose_words(entry), _classes(entry["name"]), _mme_words(entry)) for entry in listed]


def _classes(name):
    found = match(name)
    if not found.is_known:
        return "not recognised: look it up"
    return ", ".join(sorted(class_title(code) for code in found.classes)) or "no rule of ours"


def _mme_words(entry):
    return ", ".join(part.why or f"{figure(part.mme)} MME" for part in parts_of(entry))


def mme_words(answers):
    """The day's opioid dose in words, "" without opioids or without an answer."""
    result = mme(medicines_in(answers) or [])
    if not result.parts:
        return ""
    total = "can't be added up: ask" if result.total is None else f"{figure(result.total)} MME a day"
    return f"Opioids: {total}. Factors of {result.factor_year}, {SOURCE}. Never for converting one opioid into another."


def story(answers):
    """[(title, lines)] of the pages that tell the story; pages not asked are left out."""
    return [
        (page.about_the_patient, said_lines(page, answers))
        for page in questions.pages_for(answers)
        if page.slug in STORY
    ]


def pain(answers):
    """The four pain figures, [] when the page was not asked or answered."""
    return questions.BY_SLUG["pain"].form.lines(answers) if "pain_average" in answers else []


def told(assessment):
    """The message that tells the patient what comes next, None before it was queued."""
    return Message.objects.filter(kind="decision", subject_id=assessment.pk).first()


def context(assessment, *, bound=None):
    """Everything the assessment page needs but its decision form."""
    answers = answers_of(assessment.packet)
    shown = shown_findings(list(assessment.findings.select_related("resolved_by")))
    return {
        "assessment": assessment,
        "packet": assessment.packet,
        "patient": assessment.patient,
        "sentence": sentence(assessment, shown, assessment.patient.short_name),
        "groups": groups(shown, bound),
        "scores": scores(assessment.patient),
        "pain": pain(answers),
        "medicines": medicines(answers),
        "mme": mme_words(answers),
        "story": story(answers),
        "decision_words": decisions.DECISIONS.get(assessment.decision, ""),
        "addenda": list(assessment.addenda.select_related("added_by")),
        "approval": assessment.approvals.first(),
        "told": told(assessment),
    }


def sign_context(assessment, user):
    """What the prescriber reads once more before signing, with what is still missing."""
    return {
        "assessment": assessment,
        "patient": assessment.patient,
        "decision_words": decisions.DECISIONS.get(assessment.decision, "No decision yet"),
        "settled": list(assessment.findings.exclude(resolution="").select_related("resolved_by")),
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
            findings=list(assessment.findings.all()),
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
