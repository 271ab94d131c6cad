"""Findings as the prescriber reads them: by weight, each with its reason, what it rests on, source and way out."""

from dataclasses import dataclass, field

from intake import questions
from intake.forms.assessment import SettleForm
from intake.forms.instruments import InstrumentForm
from intake.rules import decisions
from intake.rules.engine import GATING, Level
from intake.rules.facts import FACTS

GROUPS = (
    (Level.HARD_STOP, "Hard stops"),
    (Level.NEEDS_ACTION, "Needs action"),
    (Level.UNKNOWN, "Not known: ask"),
    (Level.WARN, "Cautions"),
    (Level.INFO, "Good to know"),
)
WOULD_BE = {Level.HARD_STOP: "a hard stop", Level.NEEDS_ACTION: "something to act on", Level.WARN: "a caution"}
ELSEWHERE = {"born_on": "Date of birth", "record": "The record", "today": "Asked on the day of a visit"}


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
    code: str = ""
    slug: str = ""
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

    @property
    def if_so(self):
        """What an unknown would be, in words."""
        return WOULD_BE.get(self.would_be, "a note")

    @property
    def resolves(self):
        """What would resolve it, once each."""
        return list(dict.fromkeys(finding.resolves for finding in self.findings if finding.resolves))

    @property
    def stamp(self):
        """How it stood when the page was made, so that a later settling by somebody else is not overwritten."""
        return max((finding.resolved_at.isoformat() for finding in self.findings if finding.resolved_at), default="")


def shown_findings(findings):
    """Findings in order of weight, unknowns on the same question together."""
    shown = {}
    for finding in findings:
        key = f"ask-{_asked(finding)}" if finding.level == Level.UNKNOWN else f"finding-{finding.rule}"
        if key not in shown:
            shown[key] = _shown(key, finding)
        shown[key].findings.append(finding)
        if finding.source not in shown[key].sources:
            shown[key].sources.append(finding.source)
    return list(shown.values())


def _asked(finding):
    return FACTS.get(finding.fact, (finding.fact,))[0].replace(".", "-")


def _shown(key, finding):
    first = FACTS.get(finding.fact, (finding.fact,))[0]
    page = questions.page_of(first)
    words = ELSEWHERE.get(first.partition(".")[0]) or _question(page, first)
    return Shown(
        key=key,
        level=finding.level,
        would_be=finding.would_be,
        reason=finding.reason,
        rests_on=str(words),
        value=finding.value,
        sources=[finding.source],
        code=first if page else "",
        slug=page.slug if page else "",
    )


def _question(page, code):
    """The question, or the page where it is one of a questionnaire's."""
    is_of_questionnaire = page is not None and issubclass(page.form, InstrumentForm)
    return page.about_the_patient if is_of_questionnaire else questions.label_of(code)


def groups(shown, bound=None):
    """[(level, title, findings)] that have any, each open one with its form; ``bound`` replaces the form of its key."""
    for item in shown:
        item.form = bound if bound is not None and bound.key == item.key else _form(item)
    return [(level, title, found) for level, title in GROUPS if (found := [s for s in shown if s.level == level])]


def _form(item):
    return SettleForm(key=item.key, choices=choices_for(item.findings), initial={"stamp": item.stamp})


def choices_for(findings):
    """The resolutions that may settle all of these findings."""
    offered = [decisions.offered(finding.would_be) for finding in findings]
    return [pair for pair in (offered[0] if offered else []) if all(pair in other for other in offered)]


def stamp_of(findings):
    """The Shown.stamp of these findings as they stand now."""
    return Shown("", "", "", "", "", "", [], findings=list(findings)).stamp


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
