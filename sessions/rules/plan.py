"""The protocol as plain values, so that every rule can be tried without a database."""

from dataclasses import dataclass
from decimal import Decimal

from sessions.rules.dose import Bounds
from sessions.rules.limits import DEFAULTS, HOLD_DEFAULTS


@dataclass(frozen=True)
class DrugPlan:
    """How one infused drug is dosed: basis mg/kg | mg/kg/h | mg/h, `dose` in that unit, weight kind, ends by, steps.

    `steps` are (from minute, rate in mg/kg/h, or mg/h for a mg/h basis).
    """

    drug: str
    basis: str
    dose: Decimal
    bounds: Bounds
    weight_kind: str = "actual"
    weight_cap_kg: Decimal | None = None
    ends_by: str = "first"
    strength_mg_ml: Decimal | None = None
    route: str = "IV"
    controlled: bool = True
    steps: tuple = ()


@dataclass(frozen=True)
class Plan:
    """What a session's pinned protocol version and its course ask for. Minutes throughout."""

    purpose: str = "other"
    infusion_minutes: int = 40
    observe_minutes: int = 60
    pause_baseline_minutes: int = 15
    score_scale: str = "aldrete"
    score_min: int = 9
    stale_minutes: int = 15
    alarm_repeat_seconds: int = 60
    drugs: tuple = ()
    intervals: dict = None
    limits: tuple = DEFAULTS
    hold_limits: tuple = HOLD_DEFAULTS
    criteria: tuple = ()
    checks: tuple = ()
    words: str = ""

    def intervals_in(self, protocol_phase):
        """The `Interval`s of a protocol phase; pauses are watched like the infusion when nothing is said of them."""
        found = (self.intervals or {}).get(protocol_phase, ())
        return found or ((self.intervals or {}).get("infusing", ()) if protocol_phase == "paused" else ())

    def drug(self, name):
        """The plan of one drug, or None."""
        return next((d for d in self.drugs if d.drug == name), None)
