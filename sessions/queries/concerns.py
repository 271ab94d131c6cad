"""Decisions about drugs in spite of what speaks against them, and what still speaks against one. Few queries each."""

from clinic.words import clinic_date
from intake.models import Finding
from intake.rules.drugs import check_drug
from sessions.models import DrugDecision
from sessions.queries.medicines import spoken_of
from sessions.queries.plans import plan_of
from sessions.rules import concerns as rules

OPEN_FINDING = "It is a finding that a prescriber settles before the start."


class Decisions:
    """What prescribers decided in this patient's course, and the findings of eligibility. Two queries."""

    def __init__(self, session):
        self.zone = session.site.zone
        self.infused = {drug.drug.casefold() for drug in plan_of(session).drugs}
        rows = DrugDecision.objects.filter(session__course=session.course_id).select_related("decided_by")
        self.decided = {(row.drug.casefold(), row.words): row for row in rows.order_by("decided_at")}
        mine = Finding.objects.filter(patient__person=session.patient.person_id, ended_at=None)
        self.findings = list(mine.select_related("resolved_by").order_by("-resolved_at"))

    def among(self, drug, found):
        """Words of a concern -> words of the decision about it, for those of `found` that are decided."""
        said = {concern.words: self._about(drug, concern) for concern in rules.gating(found)}
        return {words: decision for words, decision in said.items() if decision}

    def _about(self, drug, concern):
        row = self.decided.get((drug.casefold(), concern.words))
        if row is not None:
            return self._words(row.decided_by, row.decided_at, row.reason)
        if drug.casefold() not in self.infused:
            return ""
        # An infused drug is what eligibility is about: one finding, one decision, and an open one has its own gate.
        finding = next((f for f in self.findings if rules.names_same(f.value, concern.words)), None)
        return self._of_finding(finding) if finding else ""

    def _of_finding(self, finding):
        if finding.resolved_by is None:
            return OPEN_FINDING
        return self._words(finding.resolved_by, finding.resolved_at, finding.resolution_reason)

    def _words(self, who, at, reason):
        """ "Petra Prescriber MD decided on 03-Mar-2026 to go on: QTc 410 ms today." """
        day = clinic_date(at.astimezone(self.zone).date())
        return f"{who.display_name} decided on {day} to go on: {reason.rstrip('.')}."


def concerns_of(session, drug):
    """(all Concerns about this drug now, words of each decided one -> the decision). Five queries."""
    found = check_drug(drug, *spoken_of(session))
    return found, Decisions(session).among(drug, found)


def undecided(session, drug):
    """Concerns about this drug that wait for a prescriber's decision. Five queries."""
    return undecided_of(session, [drug])[drug]


def undecided_of(session, drugs):
    """Drug -> concerns that wait for a prescriber's decision. Five queries however many drugs."""
    spoken, decisions = spoken_of(session), Decisions(session)
    found = {drug: check_drug(drug, *spoken) for drug in drugs}
    return {drug: rules.to_write(all_, decided=decisions.among(drug, all_)) for drug, all_ in found.items()}


def concern_items(session, drug, *, is_prescriber):
    """What would be asked if this drug were ordered or given now, as `Item`s. Five queries."""
    found, decided = concerns_of(session, drug)
    return rules.items(found, decided=decided, is_prescriber=is_prescriber)


def asked_of_orderer(session, drug, *, confirmed, concern_reason):
    """What a nurse still has to ask the prescriber who orders this drug by word of mouth, as `Item`s. Five queries."""
    found, decided = concerns_of(session, drug)
    return rules.items(found, decided=decided, is_prescriber=True, confirmed=confirmed, reason=concern_reason)


def decisions_of(session):
    """All decisions written in this session, oldest first. One query."""
    return list(session.drug_decisions.select_related("decided_by", "written_by"))
