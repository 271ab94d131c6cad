"""The infusion: session, orders, timed entries with their typed details, drugs from container to ledger."""

from sessions.models.details import (
    AlarmAnswered,
    AlarmRaised,
    DrugEvent,
    EmergencyEvent,
    LineEntry,
    OxygenEvent,
    ScoreEntry,
    SessionNote,
    SideEffect,
    VitalsReading,
    WeightEntry,
)
from sessions.models.drugstore import (
    CONTAINER,
    Container,
    Discrepancy,
    LedgerEntry,
    Preparation,
    PreparationSource,
    SecondCheck,
)
from sessions.models.entry import DETAILS, Entry
from sessions.models.infusion import Addendum, CheckAnswer, Ending, Handover, InfusionSession, Signature
from sessions.models.order import DoseOrder, Order

__all__ = [
    "CONTAINER",
    "DETAILS",
    "Addendum",
    "AlarmAnswered",
    "AlarmRaised",
    "CheckAnswer",
    "Container",
    "Discrepancy",
    "DoseOrder",
    "DrugEvent",
    "EmergencyEvent",
    "Ending",
    "Entry",
    "Handover",
    "InfusionSession",
    "LedgerEntry",
    "LineEntry",
    "Order",
    "OxygenEvent",
    "Preparation",
    "PreparationSource",
    "ScoreEntry",
    "SecondCheck",
    "SessionNote",
    "SideEffect",
    "Signature",
    "VitalsReading",
    "WeightEntry",
]
