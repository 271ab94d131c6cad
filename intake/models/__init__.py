"""Invitation, packet and its pages; assessment with findings, addenda and approval."""

from intake.models.assessments import Addendum, Approval, Assessment, Finding
from intake.models.consents import ConsentRequest
from intake.models.education import EducationReading, EducationText, NurseQuestion, SectionRead
from intake.models.helping import PacketHelp
from intake.models.letters import Letter
from intake.models.levels import RuleLevel
from intake.models.packets import Invitation, Packet, PageAnswers
from intake.models.returned import PageCorrection, PageRequest, PageSupplement

__all__ = [
    "Addendum",
    "Approval",
    "Assessment",
    "ConsentRequest",
    "EducationReading",
    "EducationText",
    "Finding",
    "Invitation",
    "Letter",
    "NurseQuestion",
    "Packet",
    "PacketHelp",
    "PageAnswers",
    "PageCorrection",
    "PageRequest",
    "PageSupplement",
    "RuleLevel",
    "SectionRead",
]
