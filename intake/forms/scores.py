"""What staff enter: the total of a questionnaire, and the answers of the suicide screener by number."""

from django import forms

from clinic.forms import NumberText, PlainForm, RadioCards
from clinic.instruments import cssrs, library

DAY = {"type": "date"}
YES_NO = [("yes", "Yes"), ("no", "No")]
# What each question is about, in words of our own: the wording is on the official form.
ABOUT = {
    cssrs.WISH: "Question 1: wish to be dead",
    cssrs.THOUGHTS: "Question 2: thoughts of suicide",
    cssrs.METHOD: "Question 3: with a method",
    cssrs.INTENT: "Question 4: with some intent",
    cssrs.PLAN: "Question 5: with a plan and intent",
    cssrs.BEHAVIOUR: "Question 6: behavior, ever",
    cssrs.RECENT: "Question 6: behavior in the past 3 months",
}
HINTS = {
    cssrs.METHOD: "Questions 3 to 5: only when question 2 is not a no.",
    cssrs.RECENT: "Only after a yes to “ever”.",
}


def offered():
    """(code, name with its range) of every questionnaire whose total may be entered."""
    found = [library.load(code) for code in library.entered_codes() if code != cssrs.CODE]
    return [(i.code, f"{i.short}, {i.minimum} to {i.maximum}: {i.title}") for i in found]


class ScoreForm(PlainForm):
    """Which questionnaire, which version, when, and its total."""

    instrument = forms.ChoiceField(label="Questionnaire")
    total = forms.DecimalField(label="Total", decimal_places=2, max_digits=6, widget=NumberText("decimal"))
    version = forms.CharField(
        label="Version of the form", required=False, max_length=20, help_text="Leave it empty for the usual one."
    )
    answered_on = forms.DateField(label="Given on", widget=forms.DateInput(DAY))
    widths = {"total": 4, "version": 10}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["instrument"].choices = [("", "Choose"), *offered()]

    def entered(self):
        """What was typed, as the keywords of the action."""
        typed = self.cleaned_data
        return {name: typed[name] for name in ("instrument", "total", "version")} | {"day": typed["answered_on"]}


MISSING = "Answer yes or no, or tick that the patient did not answer everything"


def _answer(code):
    return forms.ChoiceField(
        label=ABOUT[code],
        choices=YES_NO,
        required=code in cssrs.needed({cssrs.THOUGHTS: cssrs.NO}),
        widget=RadioCards,
        help_text=HINTS.get(code, ""),
        error_messages={"required": MISSING},
    )


class ScreenerForm(PlainForm):
    """Yes or no by number, as the patient answered; what could raise the level must be there, or be said to lack."""

    answered_on = forms.DateField(label="Asked on", widget=forms.DateInput(DAY))
    incomplete = forms.BooleanField(required=False, label="The patient did not answer everything")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code in cssrs.CODES:
            self.fields[code] = _answer(code)
        self.order_fields([*cssrs.CODES, "answered_on", "incomplete"])

    def clean(self):
        """Name each question that is still needed, none when the patient did not answer everything."""
        data = super().clean()
        missing = () if data.get("incomplete") else cssrs.screen(self.answers(data)).missing
        for code in cssrs.CODES:
            if code not in missing:
                self.errors.pop(code, None)
            elif code not in self.errors:
                self.add_error(code, MISSING)
        return data

    def answers(self, data=None):
        """Code -> "yes", "no" or ""."""
        data = self.cleaned_data if data is None else data
        return {code: data.get(code, "") for code in cssrs.CODES}

    @property
    def questions(self):
        """The bound questions in order."""
        return [self[code] for code in cssrs.CODES]
