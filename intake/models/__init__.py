"""Invitation, packet and its pages; assessment with findings, addenda and approval."""

from intake.models.assessments import Addendum, Approval, Assessment, Finding
from intake.models.packets import Invitation, Packet, PageAnswers

__all__ = ["Addendum", "Approval", "Assessment", "Finding", "Invitation", "Packet", "PageAnswers"]
