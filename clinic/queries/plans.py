"""Whether the plan of a course still is what its prescriber signed: the last signature against the course itself."""

import hashlib
import json

from django.db.models import OuterRef, Subquery

from clinic.models import PlanSignature
from clinic.queries.signed import Told, checked_by, plain

# What a prescriber signs, in words for who reads what differs. A column that comes later is not in older signatures.
FACTS = {
    "patient_id": "the patient", "site_id": "the site", "number": "the course's number",
    "protocol_version_id": "the protocol's version", "reason": "what is treated",
    "reason_words": "what is treated, in words", "goals": "the goals", "planned_number": "the number of infusions",
    "spacing_days": "the days between infusions", "dose": "the dose", "dose_basis": "the unit of the dose",
    "adjuncts": "what goes beside it", "medicine_plan": "the medicines on the day",
}  # fmt: skip


def facts_of(course) -> dict[str, str]:
    """Everything of a plan that is signed, in plain text."""
    return {name: plain(getattr(course, name)) for name in FACTS}


def digest_of(signature) -> str:
    """SHA-256, hex, over the facts of a signature and over which course it is, who signed, when, on what occasion."""
    said = {name: plain(getattr(signature, name)) for name in
            ("course_id", "course_version", "occasion", "printed_name", "signed_at", "signed_by_id")}  # fmt: skip
    return hashlib.sha256(json.dumps([said, signature.facts], sort_keys=True).encode()).hexdigest()


def signatures_of(course):
    """Every signature under the plan of a course, the newest first; none before signatures of plans were kept."""
    return PlanSignature.objects.filter(course=course)


def differences(signature, course) -> tuple[str, ...]:
    """What is not as it was signed: the signature itself, or columns of the course, in words."""
    own = () if digest_of(signature) == signature.sha256 else ("the signature itself",)
    own += () if course.signed_at else ("that it is signed",)
    now = facts_of(course)
    told = tuple(FACTS.get(name, name) for name, value in signature.facts.items() if now.get(name) != value)
    return own + told


def _plans(since):
    """Each signature that was put under a plan; the last of a course is compared with the course, too."""
    last = PlanSignature.objects.filter(course=OuterRef("course")).values("pk")[:1]
    rows = PlanSignature.objects.select_related("course").annotate(last=Subquery(last))
    rows = rows if since is None else rows.filter(signed_at__gte=since)
    for row in rows.iterator(chunk_size=500):
        holds = not differences(row, row.course) if row.pk == row.last else digest_of(row) == row.sha256
        yield Told("clinic.plansignature", row.pk, holds)


checked_by("clinic.plansignature", _plans)
