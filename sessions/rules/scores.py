"""Discharge scores. A score with a blank item is "not scorable", never low."""

from dataclasses import dataclass

from clinic.refusal import Item, Refused


@dataclass(frozen=True)
class Scale:
    """A scale: its items with the words for 2, 1 and 0 points, the total that passes, and where that comes from.

    `note` says which of it is unverified; the page shows it beside the items.
    """

    code: str
    version: str
    label: str
    passing: int
    items: dict
    source: str = ""
    note: str = ""


# Modified Aldrete, 5 items 0-10, pass at 9. Source: Aldrete 1995, J Clin Anesth 7:89-91.
ALDRETE = Scale(
    "aldrete",
    "aldrete-1995",
    "Modified Aldrete",
    9,
    {
        "activity": ("Moves four limbs", "Moves two limbs", "Moves no limb"),
        "respiration": ("Breathes deeply, coughs freely", "Short of breath or limited", "No breathing"),
        "circulation": ("Pressure within 20 % of baseline", "20-50 % from baseline", "More than 50 % from baseline"),
        "consciousness": ("Fully awake", "Wakes when called", "No response"),
        "oxygen": ("SpO2 above 92 % on room air", "Needs oxygen for SpO2 above 90 %", "SpO2 below 90 % with oxygen"),
    },
    "Aldrete 1995, J Clin Anesth 7:89-91: five items, 0-10, 9 or more to leave.",
    "The words for 1 and 0 points are an unverified default: the clinic approves them with the protocol. Scales with "
    "colour as a sixth item, or with other words, are other versions.",
)
# PADSS, 5 items 0-10, pass at 9. Source: Chung, Chan and Ong 1995, J Clin Anesth 7:500-506.
PADSS = Scale(
    "padss",
    "padss-1995",
    "Post-anaesthetic discharge score",
    9,
    {
        "vital_signs": ("Within 20 % of before", "20-40 % from before", "More than 40 % from before"),
        "activity": ("Oriented and steady gait", "Oriented or steady gait", "Neither"),
        "pain_nausea": ("Minimal", "Moderate, treated", "Severe, treated"),
        "bleeding": ("Minimal", "Moderate", "Severe"),
        "intake_output": ("Drank and passed urine", "One of the two", "Neither"),
    },
    "Chung, Chan and Ong 1995, J Clin Anesth 7:500-506: five items, 0-10, 9 or more is fit to leave; taken again every "
    "30 minutes until then.",
    "Pain and nausea in one item, as here, is one of several versions. Bleeding is normally 2 after an infusion: an "
    "unverified default, judge it yourself.",
)
SCALES = {scale.code: scale for scale in (ALDRETE, PADSS)}


def total(scale, items):
    """Sum of the items, or None when one is blank ("not scorable"). Refuses unknown items and points beyond 0-2."""
    wrong = [n for n, v in items.items() if n not in scale.items or (v is not None and v not in (0, 1, 2))]
    if wrong:
        raise Refused(*(Item(f"hard.{name}", f"{scale.label}: {name} is 0, 1 or 2.") for name in wrong))
    points = [items.get(name) for name in scale.items]
    return None if None in points else sum(points)


def passes(scale, items):
    """True or False, or None when the score is not scorable."""
    points = total(scale, items)
    return None if points is None else points >= scale.passing


def circulation_points(systolic, baseline):
    """The Aldrete circulation item from figures: 2 within 20 %, 1 within 50 %, else 0; None without either figure."""
    if systolic is None or not baseline:
        return None
    change = abs(systolic - baseline) * 100
    return 2 if change <= 20 * baseline else 1 if change <= 50 * baseline else 0
