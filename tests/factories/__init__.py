"""Rows for tests, made plainly: one function a thing, everything by keyword, sensible synthetic values."""

from tests.factories.care import appointment, consent_text, course, link, merge, message_text, patient, records_of
from tests.factories.infusions import diaries, diary, infusion
from tests.factories.places import chair, member, policy, site, user
from tests.factories.protocols import protocol, protocol_version

__all__ = [
    "appointment",
    "chair",
    "consent_text",
    "course",
    "diaries",
    "diary",
    "infusion",
    "link",
    "member",
    "merge",
    "message_text",
    "patient",
    "policy",
    "protocol",
    "protocol_version",
    "records_of",
    "site",
    "user",
]
