"""The one scorer of questionnaires. Pure: answers in, a Score out. A blank is never a zero."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from clinic.instruments.library import load


@dataclass(frozen=True, slots=True)
class Score:
    """A result: ``value`` and ``band`` are None and ``reason`` says why when it is not scorable."""

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

    def __str__(self):
        if not self.scorable:
            return f"not scorable: {self.reason}"
        label = f", {self.label}" if self.label else ""
        return f"{self.value}{label}"


def score(code, answers):
    """Score ``answers`` (item code -> whole number, None or absent for a blank) of instrument ``code``.

    Sums are whole numbers, means have the definition's decimals, both rounded half up. Blanks up to the
    definition's limit are prorated over the answered items, more give "not scorable".
    ValueError for an answer that the item does not offer.
    """
    instrument = load(code)
    given = [value for item in instrument.items if (value := _value(item, answers)) is not None]
    missing = len(instrument.items) - len(given)
    if missing > instrument.max_missing:
        return _not_scorable(instrument, len(given), missing)
    return _scored(instrument, given, missing)


def alert_answer(code, answers):
    """The value of the item that needs a person the same day (PHQ-9 item 9), or None when blank or not asked."""
    instrument = load(code)
    return _value(instrument.item(instrument.alert_item), answers) if instrument.alert_item else None


def _value(item, answers):
    raw = answers.get(item.code)
    if raw is None or raw == "":
        return None
    if isinstance(raw, bool) or str(raw) not in {str(option.value) for option in item.options}:
        raise ValueError(f"{raw!r} is not an answer that {item.code} offers.")
    return int(raw)


def _scored(instrument, given, missing):
    total = Decimal(sum(given))
    count = len(instrument.items)
    exact = total / len(given) if instrument.method == "mean" else total * count / len(given)
    value = exact.quantize(Decimal(1).scaleb(-instrument.places), rounding=ROUND_HALF_UP)
    band = band_of(instrument, value)
    return Score(
        instrument=instrument.code,
        version=instrument.version,
        scorable=True,
        value=value,
        band=band.code if band else None,
        label=band.label if band else "",
        answered=len(given),
        missing=missing,
        prorated=missing > 0,
        reason=f"{missing} blank, prorated. {instrument.missing_source}" if missing else "",
    )


def _not_scorable(instrument, answered, missing):
    reason = f"{missing} of {len(instrument.items)} left blank. {instrument.missing_rule}"
    return Score(instrument.code, instrument.version, False, None, None, "", answered, missing, False, reason)


def band_of(instrument, value):
    """The highest Band that starts at or below ``value``; None for an instrument without bands."""
    below = [band for band in instrument.bands if band.start <= value]
    return below[-1] if below else None
