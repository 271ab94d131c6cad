"""What can be done with a session. Everything is keyword-only, atomic, audited, and told to the site's open pages."""

from sessions.actions.charts import addend, record_hash, sign_chart, verify_signature
from sessions.actions.corrections import correct_entry, move_entry_to_patient, strike_entry
from sessions.actions.drugs import (
    begin_observation,
    bolus,
    change_syringe,
    emergency,
    give_drug,
    give_fluid,
    pause,
    resume,
    set_rate,
    start,
    stop,
)
from sessions.actions.endings import discharge, leave_against_advice, not_started, record_death, transfer
from sessions.actions.events import record_line, record_note, record_oxygen, record_score, record_side_effect
from sessions.actions.ledger import close_discrepancy, count, return_container, waste
from sessions.actions.orders import (
    cosign_order,
    end_order,
    order_dose,
    order_from_standing,
    verbal_order,
    write_order,
)
from sessions.actions.preparing import prepare, receive_container, second_check
from sessions.actions.recording import Recorded, When
from sessions.actions.visits import answer_check, check_in, hand_over, move_chair, name_prescriber, override_gate
from sessions.actions.vitals import answer_alarm, record_vitals, record_weight

__all__ = [
    "Recorded",
    "When",
    "addend",
    "answer_alarm",
    "answer_check",
    "begin_observation",
    "bolus",
    "change_syringe",
    "check_in",
    "close_discrepancy",
    "correct_entry",
    "cosign_order",
    "count",
    "discharge",
    "emergency",
    "end_order",
    "give_drug",
    "give_fluid",
    "hand_over",
    "leave_against_advice",
    "move_chair",
    "move_entry_to_patient",
    "name_prescriber",
    "not_started",
    "order_dose",
    "order_from_standing",
    "override_gate",
    "pause",
    "prepare",
    "receive_container",
    "record_death",
    "record_hash",
    "record_line",
    "record_note",
    "record_oxygen",
    "record_score",
    "record_side_effect",
    "record_vitals",
    "record_weight",
    "resume",
    "return_container",
    "second_check",
    "set_rate",
    "sign_chart",
    "start",
    "stop",
    "strike_entry",
    "transfer",
    "verbal_order",
    "verify_signature",
    "waste",
    "write_order",
]
