"""What brings the patient here, the pain, and what was tried."""

from django.utils.text import format_lazy
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from clinic.forms import TenField
from intake.forms.base import NOT_ANSWERED, PageForm
from intake.forms.bodymap import BodyMapField, BodyQuestion, WorstField, with_worst
from intake.forms.fields import JUST_YES_NO, choice, line, several, words

CONDITIONS = [
    ("chronic_pain", _("Long-lasting (chronic) pain")),
    ("crps", _("Complex regional pain syndrome (CRPS)")),
    ("fibromyalgia", _("Fibromyalgia")),
    ("neuropathic", _("Nerve pain")),
    ("back", _("Back or neck pain")),
    ("arthritis", _("Arthritis or joint pain")),
    ("injury", _("Pain after an injury or an operation")),
    ("spinal_injury", _("Pain after a spinal cord injury")),
    ("phantom_limb", _("Pain in a limb that was lost (phantom limb)")),
    ("post_herpetic", _("Nerve pain after shingles")),
    ("migraine", _("Migraine or other headaches")),
    ("cancer_pain", _("Pain from cancer")),
    ("depression", _("Depression")),
    ("bipolar", _("Bipolar disorder")),
    ("ptsd", _("PTSD")),
    ("anxiety", _("Anxiety")),
    ("ocd", _("OCD")),
    ("none", _("None of these")),
]
KINDS = [
    ("burning", _("Burning")),
    ("shooting", _("Shooting or electric")),
    ("stabbing", _("Stabbing")),
    ("aching", _("Aching")),
    ("throbbing", _("Throbbing")),
    ("pins", _("Pins and needles")),
    ("numb", _("Numb")),
    ("touch", _("Light touch hurts")),
]
SINCE = [
    ("under_3_months", _("Less than 3 months")),
    ("under_1_year", _("3 months to 1 year")),
    ("under_5_years", _("1 to 5 years")),
    ("longer", _("More than 5 years")),
    ("not_sure", _("Not sure")),
]


class ConditionsForm(PageForm):
    """Diagnoses, and whether there is pain at all."""

    lede = _("Tell us what a doctor has told you, as far as you know.")
    alone = ("conditions",)
    conditions = several(_("Which of these do you have?"), CONDITIONS, required=True)
    conditions_other = line(_("Anything else?"), required=False, most=200)
    pain_most_days = choice(_("Do you have pain on most days?"), JUST_YES_NO, across=True)


def _ten(label):
    error = format_lazy(_("Choose a number: {question}"), question=label)
    return TenField(label=label, low=_("No pain"), high=_("Worst"), error_messages={"required": error})


class PainForm(PageForm):
    """Four numbers, each 0 to 10."""

    lede = _("Think about the last 7 days. 0 is no pain. 10 is the worst pain you can imagine.")
    pain_worst = _ten(_("At its worst"))
    pain_average = _ten(_("On average"))
    pain_least = _ten(_("At its least"))
    pain_now = _ten(_("Right now"))

    def clean(self):
        """The least can't be above the average, nor the average above the worst."""
        data = super().clean()
        least, average, worst = (data.get(f"pain_{name}") for name in ("least", "average", "worst"))
        figures = {"least": least, "average": average, "worst": worst}
        if None not in (least, average) and least > average:
            message = say("Your least pain (%(least)s) is higher than your average pain (%(average)s). Check both")
            self.add_error("pain_least", message % figures)
        if None not in (average, worst) and average > worst:
            message = say("Your average pain (%(average)s) is higher than your worst pain (%(worst)s). Check both")
            self.add_error("pain_average", message % figures)
        return data

    @classmethod
    def lines(cls, answers):
        """The four figures, each out of 10."""
        return [
            (field.label, say("%(n)s of 10") % {"n": answers[code]} if answers.get(code) is not None else NOT_ANSWERED)
            for code, field in cls.base_fields.items()
            if code != "sure"
        ]


class PainStoryForm(PageForm):
    """Where, how it began, since when, what kind, what helps."""

    template_name = "intake/fields/_pain_story.html"
    regions = BodyMapField(label=_("Where does it hurt?"))
    worst_region = WorstField(label=_("Which place is the worst?"))
    where_words = line(_("Anything to add about where?"), required=False, most=300)
    pain_onset = words(
        _("How did your pain start?"),
        rows=4,
        help_text=_("For example, after a fall, after an operation, or slowly by itself."),
    )
    pain_since = choice(_("How long have you had this pain?"), SINCE)
    pain_kind = several(_("What does it feel like?"), KINDS, required=True)
    pain_better = words(_("What makes it better?"), rows=3)
    pain_worse = words(_("What makes it worse?"), rows=3)

    @property
    def body(self):
        """The body map on its page."""
        return BodyQuestion(self["regions"], self["worst_region"])

    def clean(self):
        """The worst place is a marked one."""
        data = super().clean()
        if data.get("worst_region"):
            data["regions"] = with_worst(data.get("regions"), data["worst_region"])
            self.errors.pop("regions", None)
        return data
