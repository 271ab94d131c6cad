"""What a monitor reads and nobody has confirmed, in one line."""

from sessions.presenters.words import SHORT
from sessions.rules.monitors import charted


def preliminary(samples):
    """ "monitor reads BP 142/88, HR 84, not confirmed"; nothing when all of it is on the chart, or none is sent.

    `samples`: measure of the chart -> newest sample, each with `is_charted`.
    """
    said = {m: charted(m, one.value) for m, one in samples.items() if not one.is_charted}
    words = []
    if "systolic" in said and "diastolic" in said:
        words.append(f"BP {said.pop('systolic')}/{said.pop('diastolic')}")
    words += [f"{SHORT[measure]} {value}" for measure, value in said.items()]
    return f"monitor reads {', '.join(words)}, not confirmed" if words else ""
