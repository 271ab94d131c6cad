"""Note what was told to somebody outside the clinic."""

from django.db import transaction

from clinic import audit, clock
from clinic.models import Disclosure
from clinic.rules import disclosures as rules


@transaction.atomic
def note_disclosure(
    *, patient, site, kind, way, purpose, what, to_whom, by, subject=None, sha256="", note="", told_at=None, at=None
) -> Disclosure:
    """One row of the accounting: to whom, what, why, how, when. It is never changed; a mistake is noted in another row.

    `told_at`: when it was told, at the latest now; `at`: when it is noted. `sha256` over the bytes that left, where
    there are any. Raises Refused with everything that is missing.
    """
    at = at or clock.now()
    told_at = told_at or at
    rules.check_disclosure(kind=kind, way=way, purpose=purpose, what=what, to_whom=to_whom, at=told_at, now=at)
    row = Disclosure.objects.create(
        patient=patient,
        site=site,
        kind=kind,
        way=way,
        purpose=purpose,
        what=what.strip()[:300],
        to_whom=to_whom.strip()[:200],
        note=note.strip()[:300],
        told_at=told_at,
        noted_by=by if getattr(by, "is_staff_user", False) else None,
        subject_kind=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        sha256=sha256,
    )
    detail = {"kind": kind, "way": way, "purpose": purpose, "to": row.to_whom}
    audit.record("disclosure.noted", row, by=by, patient=patient, site=site, at=at, detail=detail)
    return row
