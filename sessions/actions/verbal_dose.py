"""A dose other than planned, said by a prescriber who is not at the chair: taken, read back, to be co-signed."""

from django.db import transaction

from clinic import clock
from sessions.actions.orders import order_dose, verbal_order
from sessions.actions.sessions import check_version, lock
from sessions.queries.sheet import propose_dose
from sessions.rules.read_back import dose_figures


@transaction.atomic
def take_dose(
    *,
    session,
    ordered_by,
    read_back,
    drug,
    basis,
    per_unit,
    minutes,
    strength_mg_ml,
    weight_kind,
    pump="",
    confirmed=frozenset(),
    concern_reason="",
    version=None,
    by,
    at=None,
):
    """Take a verbal order for the dose of a drug; returns its `DoseOrder`. The start waits for the co-signature.

    `read_back`: the sentence that was read back (see `verbal_order`). Refused like a dose that the prescriber makes.
    """
    session = lock(session)
    at = at or clock.now()
    check_version(session, version)
    figures = {"basis": basis, "per_unit": per_unit, "minutes": minutes, "strength_mg_ml": strength_mg_ml}
    figures["weight_kind"] = weight_kind
    answered = {"confirmed": confirmed, "concern_reason": concern_reason}
    dose, _ = propose_dose(session, drug, at=at, **figures)
    order = verbal_order(
        session=session, category="dose", ordered_by=ordered_by, read_back=read_back, by=by, at=at, **answered,
        **dose_figures(dose, drug=drug, per_unit=per_unit, basis=basis),
    )  # fmt: skip
    return order_dose(session=session, drug=drug, order=order, pump=pump, by=by, at=at, **figures, **answered)
