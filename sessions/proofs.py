"""What of the infusion was signed: the chart, which has its own hash, and the report of an adverse event."""

from clinic.queries import signed
from sessions.actions.charts import verify_signature
from sessions.models import InfusionSession

OF_ROW = ("criteria", "narrative", "outcome", "action_taken", "relatedness", "history", "tests", "told",
          "told_reference", "facts", "opened_at", "opened_by_id", "session_id", "entry_id", "printed_name",
          "signed_at", "signed_by_id")  # fmt: skip


def report_facts(report):
    """Everything a prescriber signed in the report of an adverse event."""
    return {name: getattr(report, name) for name in OF_ROW}


def charts(since=None):
    """Each signed chart: is the record still what was signed?"""
    rows = InfusionSession.objects.filter(signature__isnull=False).select_related("signature")
    rows = rows if since is None else rows.filter(signature__signed_at__gte=since)
    for session in rows.iterator(chunk_size=100):
        yield signed.Told("treatment_sessions.infusionsession", session.pk, verify_signature(session))


def register():
    """Let the check of the record know both."""
    signed.with_facts("treatment_sessions.adversereport", report_facts)
    signed.checked_by("treatment_sessions.infusionsession", charts)
