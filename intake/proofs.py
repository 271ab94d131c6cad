"""What of the intake was signed: the facts under a fingerprint, and the words under a consent."""

from clinic.models import ConsentSignature
from clinic.queries import signed
from intake.actions.consents import text_hash

FINDING = ("rule", "rule_version", "level", "would_be", "reason", "fact", "value", "resolution", "resolution_reason",
           "resolved_at", "resolved_by_id")  # fmt: skip


def assessment_facts(assessment):
    """Everything a prescriber signed: the assessment's own columns and its findings as they were settled."""
    own = {field.attname: getattr(assessment, field.attname) for field in assessment._meta.concrete_fields}
    findings = assessment.findings.order_by("pk").values("pk", *FINDING)
    return {"assessment": own, "findings": list(findings)}


def consents(since=None):
    """Each signature: do the words of its version still have the hash that was signed?"""
    rows = ConsentSignature.objects.select_related("text")
    rows = rows if since is None else rows.filter(signed_at__gte=since)
    for row in rows.iterator(chunk_size=500):
        yield signed.Told("clinic.consentsignature", row.pk, row.text_hash == text_hash(row.text))


def register():
    """Let the check of the record know both."""
    signed.with_facts("intake.assessment", assessment_facts)
    signed.checked_by("clinic.consentsignature", consents)
