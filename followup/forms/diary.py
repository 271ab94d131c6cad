"""The ten-second page: four numbers, and more for those who like."""

from django import forms

from clinic.forms import CheckCards, PlainForm, RadioCards, TenField
from followup.actions import diary
from followup.rules.diary import SERIOUS_EFFECTS, USUAL_EFFECTS, Answers

YES_NO = [("yes", "Yes"), ("no", "No")]
# What patients read, on codes that the rules know.
EFFECTS = {
    "nausea": "Feeling sick",
    "dizzy": "Dizzy",
    "headache": "Headache",
    "tired": "Very tired",
    "strange": "Feeling strange or far away",
    "chest_pain": "Pain in the chest",
    "breathing": "Trouble breathing",
    "fainted": "Fainted",
    "confused": "Confused, or seeing things that are not there",
    "bladder": "Pain or blood when I pee",
}
SCALES = ("pain", "mood", "sleep", "function")
MORE = ("relief_gone", "medicines_as_usual", "side_effects", "call_me", "words")


def _yes_no(label, **kwargs):
    def as_bool(value):
        return value == "yes"

    return forms.TypedChoiceField(
        label=label, choices=YES_NO, coerce=as_bool, empty_value=None, required=False, widget=RadioCards, **kwargs
    )


class DiaryForm(PlainForm):
    """One entry. `day_words` is how the day is called; `first` is the scale that stands on top."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": "Open the link again, please"})
    pain = TenField(label="Your pain", low="No pain", high="Worst", required=False)
    mood = TenField(label="Your mood", low="Bad", high="Good", required=False)
    sleep = TenField(label="Your sleep last night", low="Bad", high="Good", required=False)
    function = TenField(label="What you could do", low="Nothing", high="All", required=False)
    self_harm = _yes_no("Have you thought that you would be better off dead, or of hurting yourself?")
    relief_gone = forms.BooleanField(label="The good effect of my last visit is gone", required=False)
    medicines_as_usual = _yes_no("Did you take your medicines as usual?")
    side_effects = forms.MultipleChoiceField(
        label="Anything that felt wrong?", choices=list(EFFECTS.items()), required=False, widget=CheckCards
    )
    call_me = forms.BooleanField(label="Please call me", required=False)
    words = forms.CharField(
        label="Anything else?",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
    )

    def __init__(self, *args, asks_self_harm, has_had_one, mood_first, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_self_harm:
            del self.fields["self_harm"]
        if not has_had_one:
            del self.fields["relief_gone"]
        self.order_of_scales = ("mood", "sleep", "pain", "function") if mood_first else SCALES

    def scales(self):
        """The numbers, the course's own measure first."""
        return [self[name] for name in self.order_of_scales]

    def more(self):
        """What stands behind "More"."""
        return [self[name] for name in MORE if name in self.fields]

    @property
    def is_more_open(self):
        """Open when something in it was typed or is wrong."""
        return self.is_bound and any(self.data.get(name) or self[name].errors for name in MORE if name in self.fields)

    def answers(self):
        """What was said, as the rules speak of it."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "client_id"}
        return Answers(**said | {"side_effects": tuple(said["side_effects"]), "words": said["words"].strip()})

    def save(self, *, course, link, day, at=None):
        """Record the entry as the patient."""
        return diary.record_entry(
            course=course,
            answers=self.answers(),
            client_id=self.cleaned_data["client_id"],
            day=day,
            by=course.patient,
            link=link,
            at=at,
        )


if set(EFFECTS) != SERIOUS_EFFECTS.keys() | USUAL_EFFECTS.keys():
    raise ValueError("The side effects patients read and those the rules know differ.")
