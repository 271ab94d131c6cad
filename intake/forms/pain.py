"""What brings the patient here, the pain, and what was tried."""

from clinic.forms import TenField
from intake.forms.base import PageForm
from intake.forms.fields import choice, line, number, several, words, yes_no

CONDITIONS = [
    ("crps", "Complex regional pain syndrome (CRPS)"),
    ("fibromyalgia", "Fibromyalgia"),
    ("neuropathic", "Nerve pain"),
    ("migraine", "Migraine or other headaches"),
    ("back", "Back or neck pain"),
    ("cancer_pain", "Pain from cancer"),
    ("depression", "Depression"),
    ("bipolar", "Bipolar disorder"),
    ("ptsd", "PTSD"),
    ("anxiety", "Anxiety"),
    ("ocd", "OCD"),
    ("none", "None of these"),
]
REGIONS = [
    ("head", "Head"),
    ("face", "Face or jaw"),
    ("neck", "Neck"),
    ("shoulder_left", "Left shoulder"),
    ("shoulder_right", "Right shoulder"),
    ("arm_left", "Left arm or hand"),
    ("arm_right", "Right arm or hand"),
    ("chest", "Chest"),
    ("belly", "Belly"),
    ("back_upper", "Upper back"),
    ("back_lower", "Lower back"),
    ("pelvis", "Hips or pelvis"),
    ("leg_left", "Left leg or foot"),
    ("leg_right", "Right leg or foot"),
    ("all_over", "All over"),
]
KINDS = [
    ("burning", "Burning"),
    ("shooting", "Shooting or electric"),
    ("stabbing", "Stabbing"),
    ("aching", "Aching"),
    ("throbbing", "Throbbing"),
    ("pins", "Pins and needles"),
    ("numb", "Numb"),
    ("touch", "Light touch hurts"),
]
SINCE = [
    ("under_3_months", "Less than 3 months"),
    ("under_1_year", "3 months to 1 year"),
    ("under_5_years", "1 to 5 years"),
    ("longer", "More than 5 years"),
    ("not_sure", "Not sure"),
]
OUTCOMES = [
    ("", "Choose"),
    ("not_tried", "Not tried"),
    ("helped_lot", "Helped a lot"),
    ("helped_little", "Helped a little"),
    ("no_help", "Did not help"),
    ("worse", "Made it worse"),
    ("not_sure", "Not sure"),
]


class ConditionsForm(PageForm):
    """Diagnoses, and whether there is pain at all."""

    lede = "Tell us what a doctor has told you, as far as you know."
    conditions = several("Which of these do you have?", CONDITIONS, required=True)
    conditions_other = line("Anything else?", required=False, most=200)
    pain_most_days = choice("Do you have pain on most days?", [("yes", "Yes"), ("no", "No")], across=True)

    def clean_conditions(self):
        """ "None of these" stands alone."""
        chosen = self.cleaned_data["conditions"]
        if "none" in chosen and len(chosen) > 1:
            self.add_error("conditions", "You chose “None of these” and something else. Take one of them away")
        return chosen


def _ten(label, pre, high="Worst"):
    field = TenField(label=label, low="No pain", high=high, error_messages={"required": f"Choose a number for {label}"})
    field.pre = pre
    return field


class PainForm(PageForm):
    """Four numbers, each 0 to 10."""

    lede = "Think about the last 7 days. 0 is no pain. 10 is the worst pain you can imagine."
    pain_worst = _ten("worst", "At its")
    pain_average = _ten("average", "On")
    pain_least = _ten("least", "At its")
    pain_now = _ten("Right now", "")

    def clean(self):
        """The least can't be above the average, nor the average above the worst."""
        data = super().clean()
        least, average, worst = (data.get(f"pain_{name}") for name in ("least", "average", "worst"))
        if None not in (least, average) and least > average:
            self.add_error(
                "pain_least", f"Your least pain ({least}) is higher than your average pain ({average}). Check both"
            )
        if None not in (average, worst) and average > worst:
            self.add_error(
                "pain_average", f"Your average pain ({average}) is higher than your worst pain ({worst}). Check both"
            )
        return data

    @classmethod
    def lines(cls, answers):
        """The four figures, each out of 10."""
        names = {
            "pain_worst": "At its worst",
            "pain_average": "On average",
            "pain_least": "At its least",
            "pain_now": "Right now",
        }
        return [
            (label, f"{answers[code]} of 10" if answers.get(code) is not None else "Not answered")
            for code, label in names.items()
        ]


class PainStoryForm(PageForm):
    """Where, since when, what kind."""

    regions = several("Where does it hurt?", REGIONS, required=True)
    where_words = line("Anything to add about where?", required=False, most=300)
    pain_since = choice("How long have you had this pain?", SINCE)
    pain_kind = several("What does it feel like?", KINDS, required=True)
    pain_better = words("What makes it better?", rows=3)
    pain_worse = words("What makes it worse?", rows=3)


def _tried(label):
    from django import forms

    field = forms.ChoiceField(label=label, choices=OUTCOMES, required=False)
    field.version = 1
    return field


class TreatmentsForm(PageForm):
    """What was tried and how it went."""

    lede = "How did these go for you? Leave out what you don't know."
    tried_physio = _tried("Physical therapy")
    tried_blocks = _tried("Injections or nerve blocks")
    tried_surgery = _tried("Surgery for pain")
    tried_nerve_medicine = _tried("Nerve pain medicines, such as gabapentin")
    tried_opioids = _tried("Opioid pain medicines")
    tried_antidepressants = _tried("Antidepressants")
    tried_talking = _tried("Talking therapy")
    tried_tms_ect = _tried("TMS or ECT")
    antidepressant_count = number("How many antidepressants have you tried?", least=0, most=40, whole=True)
    ketamine_before = yes_no("Have you had ketamine or esketamine (Spravato) as a treatment before?")
    tried_words = words("Anything else we should know about what you tried?", rows=4)
