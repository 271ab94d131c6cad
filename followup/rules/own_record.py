"""Which rows make up a patient's whole record, worked out from the tables themselves. Pure: models in, paths out.

Every table with a way to the patient belongs to it, so that a new table is never forgotten; what is left out stands in
LEFT_OUT with its reason, and the reason goes along in the archive.
"""

from collections import deque

# What is not the patient's record but the means of keeping it.
LEFT_OUT = {
    "clinic.AuditEvent": "The log of who changed and who looked at the record. Ask us for an account of it.",
    "clinic.PatientLink": "Keys of links that were mailed.",
    "clinic.LinkCode": "Six-digit codes.",
    "clinic.ResourceClaim": "Which chair and whose time a visit takes: see the visits.",
    "clinic.NameWord": "An index made from the names.",
    "clinic.SearchWord": "An index made from the names.",
    "clinic.AccessReview": "What somebody found about who looked at records: the clinic's own inquiry.",
    "clinic.BreakGlassEnd": "When an emergency look ended: see the emergency looks.",
    "clinic.AlertNotice": "Which of the staff was told of an alert by which way.",
    "clinic.DuplicateNote": "Two records that may be one person: the other may be somebody else.",
    "followup.RecordArchive": "Copies like this one.",
    "followup.FreedSlot": "Times that became free, for whoever waits.",
    "followup.DiaryPlan": "When the diary is asked for next.",
    "followup.ReminderPlan": "When reminders are worked out next.",
    "treatment_sessions.RawMessage": "What a monitor sent, byte for byte: see the readings made of it.",
    "treatment_sessions.HeldEntry": "Entries that waited for a decision: those that were taken stand in the record.",
}
# Columns that say nothing about anybody: fingerprints, keys, and the order of writing.
NOT_SAID = frozenset({"xact", "body_hash", "token_hash", "code_hash", "trusted_device", "search_text", "phone_digits"})
PATIENT, USER = "clinic.Patient", "clinic.User"


def paths_to_patient(all_models) -> dict[str, str]:
    """Label -> the shortest way over foreign keys to the patient, as a query says it ("session__patient").

    Tables of history, and those of LEFT_OUT, are not in it. A table may lead over others, never over people of the
    staff, chairs or sites: those have no patient.
    """
    forward = {model._meta.label: _references(model) for model in all_models}
    found = {PATIENT: ""}
    for label in forward:
        if label != PATIENT and (path := _shortest(label, forward)):
            found[label] = path
    return {label: path for label, path in found.items() if label not in LEFT_OUT}


def _references(model) -> list[tuple[str, str]]:
    """(name, label of the other) of each foreign key; required ones first, as the surer way."""
    keys = [f for f in model._meta.concrete_fields if f.many_to_one or f.one_to_one]
    return [(f.name, f.related_model._meta.label) for f in sorted(keys, key=lambda f: f.null)]


def _shortest(label: str, forward: dict) -> str:
    queue, seen = deque([(label, "")]), {label}
    while queue:
        here, path = queue.popleft()
        for name, other in forward.get(here, ()):
            way = f"{path}__{name}" if path else name
            if other == PATIENT:
                return way
            if other not in seen and other in forward and other != USER:
                seen.add(other)
                queue.append((other, way))
    return ""


def fields_said(model) -> list:
    """The columns of a table that go into the archive, in their order; bytes go as files of their own."""
    every = model._meta.concrete_fields
    return [f for f in every if f.name not in NOT_SAID and f.get_internal_type() != "BinaryField"]


def part_count(sessions: int, documents: int) -> int:
    """How many parts an archive has: the data, the summary, one for each infusion and each paper."""
    return 2 + sessions + documents
