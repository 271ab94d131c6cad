"""The one scorer of questionnaires. Pure: answers in, a Score out. A blank is never a zero."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from clinic.instruments.library import load

UNKNOWN_SEX = "unknown"


@dataclass(frozen=True, slots=True)
class Score:
    """A result: ``value`` and ``band`` are None and ``reason`` says why when it is not scorable.

    ``clusters`` are the codes of the clusters that are met, for the one instrument that has any.
    """

    instrument: str
    version: str
    scorable: bool
    value: Decimal | None
    band: str | None
    label: str
    answered: int
    missing: int
    prorated: bool
    reason: str
    clusters: tuple[str, ...] = ()

    def __str__(self):
        if not self.scorable:
            return f"not scorable: {self.reason}"
        label = f", {self.label}" if self.label else ""
        return f"{self.value}{label}"

    @property
    def is_positive(self):
        """Is this a screen that came out positive? False for what was not scorable: ask ``scorable`` first."""
        return self.band == "positive"


def score(code, answers, *, sex=UNKNOWN_SEX, cut=None):
    """Score ``answers`` (item code -> whole number, None or absent for a blank) of instrument ``code``.

    Sums are whole numbers, means have the definition's decimals, both rounded half up. Blanks up to the
    definition's limit are prorated over the answered items, more give "not scorable". A gate answered so that the
    questionnaire ends counts as 0 in all. ``sex`` ("female", "male", else unknown) chooses the threshold where there
    are two; ``cut`` is the clinic's own cut of the total, the definition's default when None.
    ValueError for an answer that the item does not offer, and for a cut the definition does not allow.
    """
    instrument = load(code)
    cut = _cut(instrument, cut)
    if _is_over_at_the_gate(instrument, answers):
        return _scored(instrument, [0] * len(instrument.items), 0, {}, sex, cut)
    given = {item.code: value for item in instrument.items if (value := _value(item, answers)) is not None}
    missing = len(instrument.items) - len(given)
    if _gate_is_blank(instrument, answers):
        return _not_scorable(instrument, len(given), missing, "The first question was left blank.")
    if missing > instrument.max_missing:
        return _not_scorable(instrument, len(given), missing, f"{missing} of {len(instrument.items)} left blank.")
    return _scored(instrument, list(given.values()), missing, given, sex, cut)


def check_entered(code, total):
    """The Score of a total that staff entered; ValueError in words when it is outside the instrument's range."""
    instrument = load(code)
    value = Decimal(total)
    if not value.is_finite() or not instrument.minimum <= value <= instrument.maximum:
        raise ValueError(f"{instrument.short} goes from {instrument.minimum} to {instrument.maximum}")
    if value != value.quantize(Decimal(1).scaleb(-instrument.places)):
        raise ValueError(f"{instrument.short} has {instrument.places or 'no'} decimals")
    band = band_of(instrument, value)
    return Score(
        instrument=instrument.code,
        version=instrument.version,
        scorable=True,
        value=value,
        band=band.code if band else None,
        label=band.label if band else "",
        answered=0,
        missing=0,
        prorated=False,
        reason="entered by staff",
    )


def alert_answer(code, answers):
    """The value of the item that needs a person the same day (PHQ-9 item 9), or None when blank or not asked."""
    instrument = load(code)
    return _value(instrument.item(instrument.alert_item), answers) if instrument.alert_item else None


def band_of(instrument, value):
    """The highest Band that starts at or below ``value``; None for an instrument without such bands."""
    below = [band for band in instrument.bands if band.start is not None and band.start <= value]
    return below[-1] if below else None


def clusters_met(instrument, given):
    """The codes of the clusters of which enough items are answered high enough. ``given``: item code -> number."""
    return tuple(
        cluster.code
        for cluster in instrument.clusters
        if sum(given.get(code, 0) >= cluster.at_least for code in cluster.items) >= cluster.needed
    )


def _cut(instrument, cut):
    if cut is None or not instrument.cuts:
        return instrument.cut
    lowest, highest = instrument.cuts
    if not lowest <= cut <= highest:
        raise ValueError(f"The cut of {instrument.short} is {lowest} to {highest}, not {cut}.")
    return cut


def _is_over_at_the_gate(instrument, answers):
    return instrument.gate is not None and _value(instrument.gate, answers) == instrument.gate_stops


def _gate_is_blank(instrument, answers):
    return instrument.gate is not None and _value(instrument.gate, answers) is None


def _value(item, answers):
    raw = answers.get(item.code)
    if raw is None or raw == "":
        return None
    if isinstance(raw, bool) or str(raw) not in {str(option.value) for option in item.options}:
        raise ValueError(f"{raw!r} is not an answer that {item.code} offers.")
    return int(raw)


def _scored(instrument, values, missing, given, sex, cut):
    exact = Decimal(sum(values)) * (1 if instrument.method == "mean" else len(instrument.items)) / len(values)
    value = exact.quantize(Decimal(1).scaleb(-instrument.places), rounding=ROUND_HALF_UP)
    met = clusters_met(instrument, given)
    band = _judge(instrument, value, met, sex, cut)
    return Score(
        instrument=instrument.code,
        version=instrument.version,
        scorable=True,
        value=value,
        band=band.code if band else None,
        label=band.label if band else "",
        answered=len(values),
        missing=missing,
        prorated=missing > 0,
        reason=f"{missing} blank, prorated. {instrument.missing_source}" if missing else "",
        clusters=met,
    )


def _judge(instrument, value, met, sex, cut):
    """The band by total, by the threshold of the sex, or by clusters and cut: whichever the definition has."""
    named = {band.code: band for band in instrument.bands}
    if instrument.clusters:
        by_rule = {(False, False): "neither", (True, False): "clusters", (False, True): "total", (True, True): "both"}
        return named[by_rule[len(met) == len(instrument.clusters), value >= cut]]
    if instrument.positive_from:
        threshold = instrument.positive_from.get(sex, instrument.positive_from[UNKNOWN_SEX])
        return named["positive" if value >= threshold else "negative"]
    return band_of(instrument, value)


def _not_scorable(instrument, answered, missing, why):
    reason = f"{why} {instrument.missing_rule}"
    return Score(instrument.code, instrument.version, False, None, None, "", answered, missing, False, reason)
