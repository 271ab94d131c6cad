"""What is taken over from the last infusion and what is entered anew every time. Pure.

Taken over are wishes and names that rarely change, shown as from last time and changed with one touch. Every yes or no,
every measured value, the vial and the lot are always entered anew: an answer nobody gave today is no answer.
"""

# Check -> whose words of last time stand in the field; the answer itself never does.
TAKEN_OVER = ("escort", "comfort")
ANEW = (
    "Every yes or no of the checklist",
    "Weight of today",
    "Baseline vitals",
    "IV site and gauge",
    "The dose, worked out from today's weight",
    "Vial, lot and volumes drawn",
    "The second person's own reading of label and pump",
)


def taken_over(answers, before):
    """Check -> words to stand in its field: those of last time, where nothing is answered yet today."""
    words = {code: before[code].detail for code in TAKEN_OVER if code in before and code not in answers}
    return {code: said for code, said in words.items() if said}
