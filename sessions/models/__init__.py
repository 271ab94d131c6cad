"""The infusion: session, orders, timed entries with their typed details, drugs from container to ledger."""

from sessions.models.adverse import AdverseReport, EventFollowUp
from sessions.models.after import AftercareSheet, AftercareText, DischargeDecision, DischargeRequest
from sessions.models.before import DrugDecision, EquipmentCheck, QuickPin
from sessions.models.details import (
    AlarmAnswered,
    AlarmRaised,
    BaselineSet,
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
from sessions.models.held import HeldEntry
from sessions.models.infusion import CheckAnswer, Ending, Handover, InfusionSession
from sessions.models.ledger import DayClose, Delivery, StockCount
from sessions.models.monitors import AcceptedSample, Device, MonitorLook, MonitorSample, RawMessage
from sessions.models.order import DoseOrder, Order
from sessions.models.papers import DowntimePack, PaperLine, PaperSheet
from sessions.models.reconciliation import Reconciliation
from sessions.models.signing import Addendum, Signature

__all__ = [
    "CONTAINER",
    "DETAILS",
    "AcceptedSample",
    "Addendum",
    "AdverseReport",
    "AftercareSheet",
    "AftercareText",
    "AlarmAnswered",
    "AlarmRaised",
    "CheckAnswer",
    "Container",
    "DayClose",
    "Delivery",
    "Device",
    "DischargeDecision",
    "DischargeRequest",
    "Discrepancy",
    "DoseOrder",
    "DowntimePack",
    "DrugDecision",
    "DrugEvent",
    "EmergencyEvent",
    "Ending",
    "Entry",
    "EquipmentCheck",
    "EventFollowUp",
    "Handover",
    "HeldEntry",
    "InfusionSession",
    "LedgerEntry",
    "LineEntry",
    "MonitorLook",
    "MonitorSample",
    "Order",
    "OxygenEvent",
    "PaperLine",
    "PaperSheet",
    "Preparation",
    "PreparationSource",
    "QuickPin",
    "RawMessage",
    "Reconciliation",
    "ScoreEntry",
    "SecondCheck",
    "SessionNote",
    "SideEffect",
    "Signature",
    "StockCount",
    "BaselineSet",
    "VitalsReading",
    "WeightEntry",
]
