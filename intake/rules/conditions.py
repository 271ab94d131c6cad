"""What is treated, in the groups for which a rule can count, and which of them a patient comes for. Pure."""

PAIN, MOOD, PTSD, ANXIETY, OTHER = "pain", "mood", "ptsd", "anxiety", "other"
# Group -> words. The codes are those of the reasons for referral.
GROUPS = {
    PAIN: "Pain",
    MOOD: "Mood",
    PTSD: "PTSD",
    ANXIETY: "Anxiety or OCD",
    OTHER: "Something else",
}
ALL = ()
MIND = (MOOD, PTSD, ANXIETY)
# Code of a condition, as told in the packet or written in a plan -> its group.
GROUP_OF = {
    **dict.fromkeys(
        (
            "crps",
            "fibromyalgia",
            "neuropathic",
            "migraine",
            "headache",
            "back",
            "cancer_pain",
            "phantom",
            "spinal",
        ),
        PAIN,
    ),
    "depression": MOOD,
    "bipolar": MOOD,
    "ptsd": PTSD,
    "anxiety": ANXIETY,
    "ocd": ANXIETY,
}


def treated(reason, conditions=()):
    """The groups a patient comes for, in the order of GROUPS: the reason for referral, then what they told.

    ``conditions`` are codes of the packet or of a course; one we don't know is "something else".
    """
    found = {reason} if reason in GROUPS else set()
    found |= {GROUP_OF.get(code, OTHER) for code in conditions or () if code != "none"}
    return tuple(group for group in GROUPS if group in found) or (OTHER,)


def words_of(conditions):
    """For which conditions a rule counts, in words."""
    return ", ".join(GROUPS[code].lower() if code != PTSD else GROUPS[code] for code in conditions) or "all"
