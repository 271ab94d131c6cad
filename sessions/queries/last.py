"""The last time: the session before this one with everything on it. A fixed number of queries."""

from sessions.queries.sheet import previous_session, sheet


def last_sheet(session):
    """The `Sheet` of the patient's last started session before this one, or None."""
    before = previous_session(session)
    return sheet(before, before.ended_at or before.checked_in_at) if before else None


def last_pump(session, drug):
    """The pump that this drug ran on last time, or "". Two queries."""
    before = previous_session(session)
    order = before and before.dose_orders.filter(drug=drug, superseded_by__isnull=True).first()
    return order.pump if order else ""


def last_answers(session):
    """Code -> newest `CheckAnswer` of the last started session; {} at a first one. Two queries."""
    before = previous_session(session)
    if before is None:
        return {}
    rows = before.check_answers.filter(override_reason="").select_related("answered_by")
    return {row.code: row for row in rows.order_by("answered_at", "xact")}
