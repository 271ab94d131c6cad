"""What can be done with a session. Everything is keyword-only, atomic, audited, and told to the site's open pages."""

from sessions.actions.adverse import begin_report, edit_report, follow_up_event, sign_report
from sessions.actions.aftercare import hand_over_sheet
from sessions.actions.by_hand import give_by_hand
from sessions.actions.charts import addend, record_hash, sign_chart, verify_signature
from sessions.actions.concerns import decide_drug
from sessions.actions.corrections import correct_entry, move_entry_to_patient, read_pump, strike_entry
from sessions.actions.counting import count, count_all
from sessions.actions.days import close_day, reopen_day
from sessions.actions.drugs import (
    bolus,
    change_syringe,
    give_drug,
    give_fluid,
    pause,
    resume,
    set_rate,
    start,
    stop,
)
from sessions.actions.eligibility import recheck_visit
from sessions.actions.emergencies import emergency, reconcile
from sessions.actions.endings import discharge, leave_against_advice, not_started, record_death, transfer
from sessions.actions.equipment import check_equipment
from sessions.actions.events import record_line, record_note, record_oxygen, record_score, record_side_effect
from sessions.actions.extending import extend
from sessions.actions.going_home import ask_discharge, decide_discharge, note_escort
from sessions.actions.ledger import close_discrepancy, correct_waste, waste
from sessions.actions.lines import infiltrate, pause_all
from sessions.actions.orders import (
    cosign_order,
    end_order,
    order_dose,
    order_from_standing,
    verbal_order,
    write_order,
)
from sessions.actions.pins import remove_pin, set_pin
from sessions.actions.preparing import prepare, receive_container, second_check
from sessions.actions.receiving import move_container, receive_delivery, receive_from_site, return_container
from sessions.actions.recording import Recorded, When
from sessions.actions.verbal_dose import take_dose
from sessions.actions.visits import (
    answer_checks,
    check_in,
    hand_over,
    move_chair,
    name_prescriber,
    override_gate,
)
from sessions.actions.vitals import answer_alarm, record_vitals, record_weight

__all__ = [
    "Recorded",
    "When",
    "addend",
    "answer_alarm",
    "answer_checks",
    "ask_discharge",
    "begin_report",
    "bolus",
    "change_syringe",
    "check_equipment",
    "check_in",
    "close_day",
    "close_discrepancy",
    "correct_entry",
    "correct_waste",
    "cosign_order",
    "count",
    "count_all",
    "decide_discharge",
    "decide_drug",
    "discharge",
    "edit_report",
    "emergency",
    "end_order",
    "extend",
    "follow_up_event",
    "give_by_hand",
    "give_drug",
    "give_fluid",
    "hand_over",
    "hand_over_sheet",
    "infiltrate",
    "leave_against_advice",
    "move_chair",
    "move_container",
    "move_entry_to_patient",
    "name_prescriber",
    "not_started",
    "note_escort",
    "order_dose",
    "order_from_standing",
    "override_gate",
    "pause",
    "pause_all",
    "prepare",
    "read_pump",
    "receive_container",
    "receive_delivery",
    "receive_from_site",
    "recheck_visit",
    "reconcile",
    "record_death",
    "record_hash",
    "record_line",
    "record_note",
    "record_oxygen",
    "record_score",
    "record_side_effect",
    "record_vitals",
    "record_weight",
    "remove_pin",
    "reopen_day",
    "resume",
    "return_container",
    "second_check",
    "set_pin",
    "set_rate",
    "sign_chart",
    "sign_report",
    "start",
    "stop",
    "strike_entry",
    "take_dose",
    "transfer",
    "verbal_order",
    "verify_signature",
    "waste",
    "write_order",
]
