"""The shared record: people, places, patients, consents, protocols, courses, appointments, work, messages, audit."""

from clinic.models.amendments import AMENDMENT, AmendmentRequest, AmendmentStatement
from clinic.models.appointments import (
    APPOINTMENT,
    END_CODES,
    OCCUPIES,
    Appointment,
    Hold,
    ReadinessAnswer,
    ResourceClaim,
    StateChange,
)
from clinic.models.audit import AuditEvent, Heartbeat
from clinic.models.backups import BackupRun
from clinic.models.browsers import KnownBrowser
from clinic.models.courses import COURSE, Course, CourseLimit, CourseVersionMove, PlanSignature
from clinic.models.deliveries import BadAddress, ChannelPause, DeliveryReport, TextReply
from clinic.models.disclosures import Disclosure
from clinic.models.documents import Document
from clinic.models.finding import NameWord, SearchWord
from clinic.models.forms_and_consent import ConsentRevocation, ConsentSignature, ConsentText, InstrumentResponse
from clinic.models.glass import ACCESS_REVIEW, AccessCheck, AccessReview, BreakGlass, BreakGlassEnd
from clinic.models.letters import LetterText
from clinic.models.links import LinkCode, PatientLink
from clinic.models.merges import DuplicateNote, PatientMerge
from clinic.models.messages import MESSAGE, Message, MessageText
from clinic.models.patients import (
    AllergyStatement,
    ConditionStatement,
    ContactChoice,
    MedicationStatement,
    Patient,
    PatientAlert,
    PatientSite,
    Referrer,
    Representative,
    Sex,
)
from clinic.models.people import Membership, Role, StaffAbsence, User
from clinic.models.places import (
    AlertRoute,
    Chair,
    ClosedDay,
    DeploymentMark,
    OpeningHours,
    RouteStep,
    Site,
    SitePolicy,
)
from clinic.models.protocols import (
    ChecklistItem,
    DischargeCriterion,
    Measure,
    PhaseMeasure,
    Protocol,
    ProtocolDrug,
    ProtocolLimit,
    ProtocolVersion,
    RateStep,
    StandingOrder,
)
from clinic.models.required_tests import TEST_ORDER, TestOrder, TestResult
from clinic.models.safety import SAFETY_CHECKS, SafetyCheck, SafetyCheckDue, SafetyWaiver
from clinic.models.seals import Fingerprint, Seal, SealCheck, SealHead, SealRecipe
from clinic.models.shifts import Shift, ShiftDay
from clinic.models.walls import WallScreen
from clinic.models.work import ALERT, TASK, Alert, AlertNotice, AlertRemark, Task

__all__ = [
    "ACCESS_REVIEW",
    "AccessCheck",
    "AccessReview",
    "BreakGlass",
    "BreakGlassEnd",
    "ALERT",
    "AMENDMENT",
    "APPOINTMENT",
    "COURSE",
    "MESSAGE",
    "END_CODES",
    "OCCUPIES",
    "SAFETY_CHECKS",
    "TASK",
    "TEST_ORDER",
    "Alert",
    "AlertNotice",
    "AlertRemark",
    "AlertRoute",
    "AllergyStatement",
    "AmendmentRequest",
    "AmendmentStatement",
    "Appointment",
    "AuditEvent",
    "BackupRun",
    "BadAddress",
    "Chair",
    "ChannelPause",
    "ChecklistItem",
    "ClosedDay",
    "ConditionStatement",
    "ConsentRevocation",
    "ConsentSignature",
    "ConsentText",
    "ContactChoice",
    "Course",
    "CourseLimit",
    "CourseVersionMove",
    "DeliveryReport",
    "DeploymentMark",
    "DischargeCriterion",
    "Disclosure",
    "Document",
    "DuplicateNote",
    "Fingerprint",
    "Heartbeat",
    "Hold",
    "InstrumentResponse",
    "KnownBrowser",
    "LetterText",
    "LinkCode",
    "Measure",
    "MedicationStatement",
    "Membership",
    "Message",
    "MessageText",
    "NameWord",
    "OpeningHours",
    "Patient",
    "PatientAlert",
    "PatientLink",
    "PatientMerge",
    "PatientSite",
    "PhaseMeasure",
    "PlanSignature",
    "Protocol",
    "ProtocolDrug",
    "ProtocolLimit",
    "ProtocolVersion",
    "RateStep",
    "ReadinessAnswer",
    "Referrer",
    "Representative",
    "ResourceClaim",
    "Role",
    "RouteStep",
    "SafetyCheck",
    "SafetyCheckDue",
    "SafetyWaiver",
    "Seal",
    "SealCheck",
    "SealHead",
    "SealRecipe",
    "Sex",
    "SearchWord",
    "Site",
    "SitePolicy",
    "Shift",
    "ShiftDay",
    "StaffAbsence",
    "StandingOrder",
    "StateChange",
    "Task",
    "TestOrder",
    "TestResult",
    "TextReply",
    "User",
    "WallScreen",
]
