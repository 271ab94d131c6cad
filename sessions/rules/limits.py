"""Alert limits: absolute ones, and ones against this patient's own baseline that count only outside an absolute band.

Default figures: clinic defaults for adults, unverified; the clinic approves them with its protocol. Symptoms matter
more than a number, and the bedside monitor's own alarms come first.
"""

from dataclasses import dataclass
from decimal import Decimal

CAUTION, HOLD, ALARM = "caution", "hold", "alarm"
LEVELS = ("", CAUTION, HOLD, ALARM)
HIGH, LOW = "high", "low"
RULE_VERSION = "limits-1"


@dataclass(frozen=True)
class Limit:
    """One limit.

    kind absolute: `value` in the measure's unit. percent: `value` % above/below baseline. drop: `value` units from
    baseline. Percent and drop count only when the reading lies outside `band` (low, high), when there is one.
    `inclusive`: the limit itself already counts.
    """

    measure: str
    level: str
    direction: str
    value: Decimal
    kind: str = "absolute"
    inclusive: bool = False
    band: tuple | None = None
    source: str = "clinic default"


@dataclass(frozen=True)
class Breach:
    """A value beyond a limit: what, how grave, against what, in words."""

    measure: str
    level: str
    direction: str
    value: Decimal
    limit_value: Decimal
    baseline: Decimal | None
    text: str


def _pair(measure, level, low, high, inclusive_high=False):
    low_limit = () if low is None else (Limit(measure, level, LOW, Decimal(low)),)
    high_limit = () if high is None else (Limit(measure, level, HIGH, Decimal(high), inclusive=inclusive_high),)
    return low_limit + high_limit


DEFAULTS = (
    *_pair("systolic", ALARM, 90, 180, True),
    *_pair("systolic", CAUTION, 100, 160, True),
    Limit("systolic", CAUTION, HIGH, Decimal(20), "percent", band=(100, 140)),
    Limit("systolic", CAUTION, LOW, Decimal(20), "percent", band=(100, 140)),
    *_pair("diastolic", ALARM, 50, 110, True),
    *_pair("diastolic", CAUTION, 55, 100, True),
    *_pair("heart_rate", ALARM, 45, 130),
    *_pair("heart_rate", CAUTION, 55, 110),
    *_pair("spo2", ALARM, 90, None),
    Limit("spo2", ALARM, LOW, Decimal(5), "drop", band=(94, 100)),
    *_pair("spo2", CAUTION, 94, None),
    *_pair("resp_rate", ALARM, 8, 30),
    *_pair("resp_rate", CAUTION, 10, 24),
    *_pair("etco2", ALARM, None, 60),
    *_pair("etco2", CAUTION, 30, 50),
    *_pair("temperature", ALARM, None, "38.5"),
    *_pair("temperature", CAUTION, "35.5", "38.0"),
    Limit("sedation", ALARM, LOW, Decimal(-3), inclusive=True),
    Limit("sedation", ALARM, HIGH, Decimal(3), inclusive=True),
    Limit("sedation", CAUTION, LOW, Decimal(-2), inclusive=True),
    Limit("sedation", CAUTION, HIGH, Decimal(2), inclusive=True),
)
# Above these a planned start is held until a prescriber decides. Source: clinic default, unverified.
HOLD_DEFAULTS = (
    Limit("systolic", HOLD, HIGH, Decimal(160), inclusive=True),
    Limit("diastolic", HOLD, HIGH, Decimal(100), inclusive=True),
    Limit("systolic", HOLD, LOW, Decimal(90)),
    Limit("spo2", HOLD, LOW, Decimal(94)),
)


# A high pressure and a sedation score count from the limit itself on, the rest only beyond it (clinic default table).
COUNTS_AT_LIMIT = {("systolic", HIGH), ("diastolic", HIGH), ("sedation", HIGH), ("sedation", LOW)}


def from_row(measure, level, *, low=None, high=None, percent=None, band=None, source="protocol"):
    """The limits that one row of a protocol or of a patient's own limits stands for."""
    made = []
    for direction, edge in ((LOW, low), (HIGH, high)):
        if edge is not None:
            made.append(
                Limit(
                    measure, level, direction, edge, "absolute", (measure, direction) in COUNTS_AT_LIMIT, source=source
                )
            )
        if percent is not None:
            made.append(Limit(measure, level, direction, Decimal(percent), "percent", band=band, source=source))
    return made


def effective(*layers):
    """Merge limit layers: a later one replaces a whole (measure, level, direction).

    One that says only percentages replaces only percentages: the absolute limit stays.
    """
    chosen = {}
    for layer in layers:
        fresh = {}
        for limit in layer:
            fresh.setdefault((limit.measure, limit.level, limit.direction), []).append(limit)
        for key, limits in fresh.items():
            relative_only = all(limit.kind != "absolute" for limit in limits)
            kept = [limit for limit in chosen.get(key, ()) if relative_only and limit.kind == "absolute"]
            chosen[key] = kept + limits
    return tuple(limit for limits in chosen.values() for limit in limits)


def breaches(values, limits, *, baseline=None):
    """The gravest breach per measure, alarms first.

    `values` and `baseline` map measures to numbers (None or absent = not taken). A relative limit without a baseline
    cannot be judged and is silent; the absolute ones still count.
    """
    baseline = baseline or {}
    found = {}
    for limit in limits:
        breach = _breach(limit, values.get(limit.measure), baseline.get(limit.measure))
        if breach and _rank(breach) > _rank(found.get(limit.measure)):
            found[limit.measure] = breach
    return sorted(found.values(), key=lambda b: (-_rank(b), b.measure))


@dataclass(frozen=True)
class Edges:
    """From where on a measure is beyond its limits of one level: below `low`, above `high`; None: no such limit.

    `low_counts`, `high_counts`: the figure itself is already beyond.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    low_counts: bool = False
    high_counts: bool = False


def edges(measure, level, limits, *, baseline=None):
    """The `Edges` of a measure at this level, the relative limits reckoned against `baseline` (measure to value)."""
    low, high = [], []
    for limit in limits:
        edge = _edge(limit, (baseline or {}).get(measure)) if (limit.measure, limit.level) == (measure, level) else None
        if edge is not None:
            (high if limit.direction == HIGH else low).append(_outside(limit, edge))
    above, below = min(high, default=(None, True)), max(low, default=(None, False))
    return Edges(below[0], above[0], below[1], not above[1])


def _outside(limit, edge):
    """(figure, tie-breaker): an edge within the band counts from the band's own end on."""
    if limit.band and limit.kind != "absolute":
        edge = max(edge, Decimal(limit.band[1])) if limit.direction == HIGH else min(edge, Decimal(limit.band[0]))
    return edge, (not limit.inclusive if limit.direction == HIGH else limit.inclusive)


def _rank(breach):
    return LEVELS.index(breach.level) if breach else 0


def _breach(limit, value, base):
    edge = _edge(limit, base)
    if value is None or edge is None or not _beyond(limit, value, edge):
        return None
    if limit.band and limit.kind != "absolute" and limit.band[0] <= value <= limit.band[1]:
        return None
    return Breach(limit.measure, limit.level, limit.direction, Decimal(value), edge, base, _words(limit, edge, base))


def _edge(limit, base):
    if limit.kind == "absolute":
        return limit.value
    if base is None:
        return None
    sign = 1 if limit.direction == HIGH else -1
    change = Decimal(base) * limit.value / 100 if limit.kind == "percent" else limit.value
    return Decimal(base) + sign * change


def _beyond(limit, value, edge):
    if limit.inclusive and value == edge:
        return True
    return value > edge if limit.direction == HIGH else value < edge


def _words(limit, edge, base):
    side = "above" if limit.direction == HIGH else "below"
    if limit.kind == "absolute":
        return f"limit {'at or ' if limit.inclusive else ''}{side} {_plain(edge)}"
    unit = " %" if limit.kind == "percent" else ""
    return f"more than {_plain(limit.value)}{unit} {side} the baseline of {_plain(base)}"


def _plain(number):
    number = Decimal(number)
    return str(number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize())


def silent(limits, hard_bounds):
    """Self-test: the limits that no possible value can ever reach. `hard_bounds` maps measures to (low, high)."""
    return [
        limit for limit in limits if limit.kind == "absolute" and not _reachable(limit, *hard_bounds[limit.measure])
    ]


def _reachable(limit, low, high):
    if limit.inclusive and low <= limit.value <= high:
        return True
    return limit.value < high if limit.direction == HIGH else limit.value > low
