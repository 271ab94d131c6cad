"""What speaks against a drug, asked when it is ordered and when it is given; a prescriber's decision stays for ever."""

from django.db import transaction

from clinic import audit, clock
from clinic.refusal import Item, Refused, refuse_if
from sessions.actions.sessions import bump, holds, lock, need_open, need_prescriber
from sessions.models import DrugDecision
from sessions.queries.concerns import concerns_of
from sessions.rules import concerns as rules

ORDER, GIVE, AHEAD = "order", "give", "ahead"


def check_against(session, drug, *, by, at, occasion, prescriber=None, confirmed=frozenset(), reason=""):
    """Raise `Refused` with what speaks against this drug and is not settled; write what is decided now.

    `prescriber` is who decides: the orderer of a verbal order, else `by` where they prescribe here. See
    `sessions.rules.concerns.items` for what asks whom. The session is locked by the caller, who bumps it.
    """
    if not drug:
        return []
    found, decided = concerns_of(session, drug)
    if prescriber is None and holds(by, session.site, "prescriber", at=at):
        prescriber = by
    refuse_if(
        rules.items(
            found, decided=decided, is_prescriber=prescriber is not None, confirmed=frozenset(confirmed), reason=reason
        )
    )
    new = rules.to_write(found, decided=decided)
    return [_write(session, drug, c, occasion, reason, prescriber=prescriber, by=by, at=at) for c in new]


def _write(session, drug, concern, occasion, reason, *, prescriber, by, at):
    row = DrugDecision.objects.create(
        session=session,
        drug=drug,
        kind=concern.kind,
        level=concern.level,
        words=concern.words[:300],
        reason=reason.strip()[:300],
        occasion=occasion,
        decided_at=at,
        decided_by=prescriber,
        written_by=by,
    )
    audit.record(
        "drug.decided", row, by=by, patient=session.patient, site=session.site, at=at, reason=row.reason,
        detail={"drug": drug, "kind": row.kind},
    )  # fmt: skip
    return row


@transaction.atomic
def decide_drug(*, session, drug, reason, by, at=None):
    """A prescriber decides ahead, from wherever they are signed in, to go on with a drug; nurses then acknowledge it.

    Refused: not a prescriber here, no reason, nothing that speaks against it (any more).
    """
    session = lock(session)
    at = at or clock.now()
    need_open(session)
    need_prescriber(by, session.site, at=at)
    everything = frozenset(rules.DECIDED) | {"unknown"}
    rows = check_against(
        session, drug, by=by, at=at, occasion=AHEAD, prescriber=by, confirmed=everything, reason=reason
    )
    if not rows:
        raise Refused(Item("concern.none", f"Nothing speaks against {drug} that is not decided already."))
    bump(session)
    return rows
