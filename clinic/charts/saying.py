"""What an infusion chart says in words, for readers and for those who don't see it."""

from clinic.charts.svg import number

NAMES = {"sys": "systolic", "dia": "diastolic", "hr": "heart rate", "spo2": "SpO\u2082"}


def limit_words(limit):
    """As written at its edge: "caution > 152", "alarm \u2264 90", "baseline 127"."""
    if limit.kind == "baseline":
        return f"baseline {number(limit.value)}"
    sign = {"below": "<\u2264", "above": ">\u2265"}[limit.side][limit.reached]
    return f"{limit.kind} {sign} {number(limit.value)}"


def description(data, readings, time):
    """The picture in sentences."""
    taken = [reading for reading in readings if not reading.missed]
    said = ["No readings yet."]
    if taken:
        said = [
            f"{len(taken)} readings from {_clock(taken[0], time)} to {_clock(taken[-1], time)}.",
            f"Latest {_reading_words(taken[-1])}.",
        ]
        tops = [reading for reading in taken if reading.sys is not None]
        if tops:
            top = max(tops, key=lambda reading: reading.sys)
            said.append(f"Highest systolic {top.sys} at {_clock(top, time)}.")
    said += [f"Missed at {_clock(r, time)}: {r.missed}." for r in readings if r.missed]
    said += [
        f"{_clock(r, time)} corrected: {NAMES.get(m, m)} {number(old)} entered."
        for r in readings
        for m, old in r.was.items()
    ]
    said += [
        f"{drug.name} now {number(drug.rates[-1].rate)} {drug.unit}." for drug in data.drugs if drug.rates and data.now
    ]
    return " ".join([*said, f"Times are those of {data.zone}. The same entries stand in the table."])


def _clock(reading, time):
    return f"{reading.at.astimezone(time.zone):%H:%M}"


def _reading_words(reading):
    said = []
    if reading.sys is not None and reading.dia is not None:
        said.append(f"{reading.sys}/{reading.dia} (mean {round(reading.map)}) mmHg")
    said += [f"{NAMES[m]} {reading.value(m)}" for m in ("hr", "spo2") if reading.value(m) is not None]
    return ", ".join(said) or "without pressure, rate or SpO\u2082"
