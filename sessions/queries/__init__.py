"""Reading: plan, derived state, the gates' facts, board and ledger, each in a fixed number of queries."""

from sessions.queries.board import board
from sessions.queries.gates import (
    discharge_criteria,
    discharge_facts,
    missing_to_discharge,
    missing_to_resume,
    missing_to_start,
    resume_facts,
    start_facts,
)
from sessions.queries.ledger import LIVE, balances, day_close, stock
from sessions.queries.plans import plan_of
from sessions.queries.sheet import Sheet, dose_orders_of, latest_answers, propose_dose, sheet, state_of

__all__ = [
    "LIVE",
    "Sheet",
    "balances",
    "board",
    "day_close",
    "discharge_criteria",
    "discharge_facts",
    "dose_orders_of",
    "latest_answers",
    "missing_to_discharge",
    "missing_to_resume",
    "missing_to_start",
    "plan_of",
    "propose_dose",
    "resume_facts",
    "sheet",
    "start_facts",
    "state_of",
    "stock",
]
