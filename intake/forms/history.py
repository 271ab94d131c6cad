"""What was before: ketamine from elsewhere, opioids, operations, and what is in or on the body."""

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clinic.forms import NumberText
from intake.forms.base import NOT_ANSWERED, PageForm, in_words
from intake.forms.fields import RATHER_NOT, choice, line, pick, several, words, yes_no
from intake.forms.rows import RowsForm
from intake.rules.exposure import elsewhere

EARLIEST_YEAR = 1970  # ketamine came into use about then
MONTHS = [
    ("01", _("January")),
    ("02", _("February")),
    ("03", _("March")),
    ("04", _("April")),
    ("05", _("May")),
    ("06", _("June")),
    ("07", _("July")),
    ("08", _("August")),
    ("09", _("September")),
    ("10", _("October")),
    ("11", _("November")),
    ("12", _("December")),
]
ROUTES = [
    ("infusion", _("Drip into a vein (infusion)")),
    ("nasal", _("Nose spray (Spravato or other)")),
    ("injection", _("Shot into a muscle")),
    ("mouth", _("Tablet, lozenge or syrup")),
    ("not_sure", _("Not sure")),
]
HOW_OFTEN = [
    ("once", _("Only once")),
    ("monthly", _("Once a month or less")),
    ("weekly", _("About once a week")),
    ("more", _("More than once a week")),
    ("daily", _("Every day")),
    ("not_sure", _("Not sure")),
]
HELPED = [
    ("lot", _("Helped a lot")),
    ("little", _("Helped a little")),
    ("no", _("Did not help")),
    ("worse", _("Made it worse")),
    ("not_sure", _("Not sure")),
]


def _line(label):
    return lambda: forms.CharField(label=label, required=False, max_length=120)


def _pick(label, choices):
    return lambda: pick(label, choices)


def _whole(label, least, most, wrong):
    return lambda: forms.IntegerField(
        label=label,
        required=False,
        min_value=least,
        max_value=most,
        widget=NumberText("numeric"),
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
    )


class KetamineForm(RowsForm):
    """Ketamine and esketamine from elsewhere, a row a course of treatment: it counts towards the exposure.

    Each row keeps ``treatments`` (how many, as text) and ``last`` ("2026-09", or "2026" when only the year is known).
    """

    lede = _("Tell us about each kind of ketamine treatment you have had. Leave out what you don’t know.")
    rows_code, none_code, key = "ketamine_courses", "ketamine_no_details", "route"
    least_rows = 1
    missing = _("Choose how you had it, or tick “I don’t remember more”")
    both = _("You told us about a treatment and ticked “I don’t remember more”. Change one of them")
    row_title, more_words = _("Ketamine treatment"), _("Add another treatment")
    row_fields = {
        "route": _pick(_("How did you have it?"), ROUTES),
        "dose": _line(_("Dose each time, if you know")),
        "treatments": _whole(_("How many times in all"), 1, 2000, _("Type a number, for example 6")),
        "how_often": _pick(_("How often"), HOW_OFTEN),
        "last_month": _pick(_("Month of the last one"), MONTHS),
        "last_year": _whole(_("Year of the last one"), EARLIEST_YEAR, 2200, _("Type a year, for example 2025")),
        "where": _line(_("Where was it?")),
        "helped": _pick(_("How did it go?"), HELPED),
    }
    ketamine_no_details = forms.BooleanField(required=False, label=_("I don’t remember more"))
    ketamine_elsewhere = yes_no(
        _("Have you had ketamine or Spravato in the last 3 months?"),
        help_text=_("Also say yes if you still have it somewhere else."),
    )

    def clean(self):
        """The last treatment can't lie in the future."""
        data = super().clean()
        today = self.known.get("_today", "")
        for number in range(self.row_count):
            name = f"{self.rows_code}_{number}_last_year"
            last = _month(data.get(name), data.get(f"{self.rows_code}_{number}_last_month"))
            if today and last > today[: len(last)]:
                self.add_error(name, _("This is still to come. Check the month and the year"))
        return data

    def filled(self):
        """The rows, each also with the last treatment as a month that can be counted from."""
        return [row | {"last": _month(row["last_year"], row["last_month"])} for row in super().filled()]

    @classmethod
    def lines(cls, answers):
        """One line a treatment, then whether it was in the last 3 months."""
        rows = answers.get("ketamine_courses") or []
        said = [(say("Ketamine treatment %(n)s") % {"n": n}, course_words(row)) for n, row in enumerate(rows, 1)]
        recent = cls.base_fields["ketamine_elsewhere"]
        none = [] if said else [(cls.row_title, cls._no_rows(answers))]
        told = [*said, *none, (recent.label, in_words(recent, answers.get("ketamine_elsewhere")))]
        return [*told, (say("In all"), _sum_words(rows))] if rows else told

    @classmethod
    def _no_rows(cls, answers):
        is_none = answers.get("ketamine_no_details") == "yes"
        return cls.base_fields["ketamine_no_details"].label if is_none else NOT_ANSWERED


def _month(year, month):
    """ "2026-09", "2026" without a month, "" without a year."""
    return f"{year}-{month}" if year and month else str(year or "")


def course_words(row):
    """ "Nose spray (Spravato or other), 56 mg, 8 times, about once a week, last 2026-09"; blanks are left out."""
    count = int(row.get("treatments") or 0)
    times = ngettext("%(n)s time", "%(n)s times", count) % {"n": count} if count else ""
    last = say("last %(when)s") % {"when": row["last"]} if row.get("last") else ""
    named = [(ROUTES, row.get("route")), (HOW_OFTEN, row.get("how_often")), (HELPED, row.get("helped"))]
    route, often, helped = (str(dict(choices).get(value, "")) for choices, value in named)
    return ", ".join(
        filter(None, [route, row.get("dose"), times, often.lower(), last, row.get("where"), helped.lower()])
    )


def _sum_words(rows):
    found = elsewhere(rows)
    times = ngettext("%(n)s time", "%(n)s times", found.treatments) % {"n": found.treatments}
    counted = times if found.is_whole else say("at least %(times)s") % {"times": times}
    return ", ".join(filter(None, [counted, say("last %(when)s") % {"when": found.last} if found.last else ""]))


class OpioidsForm(PageForm):
    """Asked only of someone who lists an opioid."""

    lede = _("You told us about a strong pain medicine (an opioid). These questions help us to keep you safe.")
    opioid_prescriber = line(
        _("Who prescribes it for you?"), help_text=_("The name of the doctor or the clinic."), required=False
    )
    opioid_usual_day = line(
        _("How much do you take on a usual day, in all?"),
        help_text=_("For example, 3 tablets of 10 mg."),
        error=_("Write how much you take on a usual day"),
    )
    opioid_as_prescribed = choice(
        _("Do you take it as it was prescribed?"),
        [("yes", _("Yes")), ("less", _("Sometimes less")), ("more", _("Sometimes more")), RATHER_NOT],
    )
    opioid_last = choice(
        _("When did you last take it?"),
        [
            ("today", _("Today")),
            ("yesterday", _("Yesterday")),
            ("week", _("This week")),
            ("longer", _("Longer ago")),
            ("not_sure", _("Not sure")),
        ],
    )
    naloxone_home = yes_no(
        _("Do you have naloxone (Narcan) at home?"),
        help_text=_("It can save a life when someone has had too much of an opioid."),
    )


class OperationsForm(PageForm):
    """Operations and how anesthetics went."""

    goes_with = {"operations": ("had_operations", ("yes",), _("Write which operations you have had"))}
    had_operations = yes_no(_("Have you ever had an operation?"))
    operations = words(_("Which ones, and about when?"), rows=4)
    airway_difficult = yes_no(
        _("Has anyone had trouble putting you to sleep for an operation?"),
        help_text=_("For example, it was hard to place a breathing tube."),
    )
    anesthetic_trouble = yes_no(
        _("Have you, or someone in your close family, ever been in danger from an anesthetic?"),
        help_text=_("For example, a very high fever, or waking up took very long."),
    )
    anesthetic_sick = yes_no(_("Do you get very sick after an anesthetic, or when you travel?"))
    veins_difficult = yes_no(_("Is it hard to find a vein when someone takes your blood?"))


class ImplantsForm(PageForm):
    """Devices in the body, and limbs on which nobody may measure or put a needle."""

    alone = ("implants", "limbs_avoid")
    implants = several(
        _("Do you have any of these in your body?"),
        [
            ("pacemaker", _("Heart pacemaker")),
            ("icd", _("Shock device in the chest (ICD)")),
            ("stimulator", _("Nerve or spinal cord stimulator")),
            ("pump", _("Medicine pump under the skin")),
            ("port", _("Port or long line in a vein")),
            ("shunt", _("Shunt in the head, or for dialysis")),
            ("none", _("None of these")),
        ],
        required=True,
    )
    implants_other = line(_("Any other device?"), required=False, most=200)
    limbs_avoid = several(
        _("Is there an arm or a leg that we must not use for blood pressure or a needle?"),
        [
            ("arm_left", _("Left arm")),
            ("arm_right", _("Right arm")),
            ("leg_left", _("Left leg")),
            ("leg_right", _("Right leg")),
            ("none", _("No, you can use all of them")),
        ],
        help_text=_("For example, after breast surgery, with a dialysis fistula, or because touch hurts."),
        required=True,
    )
    limbs_why = line(_("Why not?"), required=False, most=200)
