"""The ten-second page: four numbers, and more for those who like."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic import language
from clinic.forms import CheckCards, PlainForm, RadioCards, TenField
from followup.actions import diary
from followup.rules import diary as rules
from followup.rules.diary import SERIOUS_EFFECTS, USUAL_EFFECTS, Answers

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
# What patients read, on codes that the rules know.
EFFECTS = {
    "nausea": _("Feeling sick"),
    "dizzy": _("Dizzy"),
    "headache": _("Headache"),
    "tired": _("Very tired"),
    "strange": _("Feeling strange or far away"),
    "chest_pain": _("Pain in the chest"),
    "breathing": _("Trouble breathing"),
    "fainted": _("Fainted"),
    "confused": _("Confused, or seeing things that are not there"),
    "bladder": _("Pain or blood when I pee"),
}
NOT_SAID = ("client_id", "about", "whose", "day")
SCALES = ("pain", "mood", "sleep", "function")
MORE = ("relief_gone", "asks_next", "medicines_as_usual", "side_effects", "call_me", "words")


def _yes_no(label, **kwargs):
    def as_bool(value):
        return value == "yes"

    return forms.TypedChoiceField(
        label=label, choices=YES_NO, coerce=as_bool, empty_value=None, required=False, widget=RadioCards, **kwargs
    )


class DiaryForm(PlainForm):
    """One entry. `day_words` is how the day is called; `first` is the scale that stands on top."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": _("Open the link again, please")})
    about = forms.DateField(widget=forms.HiddenInput, required=False)
    whose = forms.CharField(widget=forms.HiddenInput, required=False)
    pain = TenField(label=_("Your pain"), low=_("No pain"), high=_("Worst"), required=False)
    mood = TenField(label=_("Your mood"), low=_("Bad"), high=_("Good"), required=False)
    sleep = TenField(label=_("Your sleep last night"), low=_("Bad"), high=_("Good"), required=False)
    function = TenField(label=_("What you could do"), low=_("Nothing"), high=_("All"), required=False)
    self_harm = _yes_no(_("Have you thought that you would be better off dead, or of hurting yourself?"))
    relief_gone = forms.BooleanField(label=_("The good effect of my last visit is gone"), required=False)
    asks_next = forms.BooleanField(label=_("I would like my next visit soon"), required=False)
    medicines_as_usual = _yes_no(_("Did you take your medicines as usual?"))
    side_effects = forms.MultipleChoiceField(
        label=_("Anything that felt wrong?"), choices=list(EFFECTS.items()), required=False, widget=CheckCards
    )
    call_me = forms.BooleanField(label=_("Please call me"), required=False)
    words = forms.CharField(
        label=_("Anything else?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
    )

    def __init__(self, *args, asks_self_harm, has_had_one, mood_first, whose="", **kwargs):
        super().__init__(*args, **kwargs)
        self.expected = whose
        if not asks_self_harm:
            del self.fields["self_harm"]
        if not has_had_one:
            del self.fields["relief_gone"], self.fields["asks_next"]
        self.order_of_scales = ("mood", "sleep", "pain", "function") if mood_first else SCALES

    def clean_whose(self):
        """Two people may share a phone: what one has typed never goes into the diary of the other."""
        whose = self.cleaned_data["whose"]
        if whose and whose != self.expected:
            raise forms.ValidationError(_("Open the link again, please"))
        return whose

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
        said = {name: value for name, value in self.cleaned_data.items() if name not in NOT_SAID}
        return Answers(**said | {"side_effects": tuple(said["side_effects"]), "words": said["words"].strip()})

    def heard(self):
        """What can be read of a page that can't be saved, as the rules speak of it; None without its id."""
        said = {name: self.cleaned_data[name] for name in ("self_harm", "words") if self.cleaned_data.get(name)}
        effects = tuple(self.cleaned_data.get("side_effects") or ())
        is_theirs = "whose" in self.cleaned_data and self.cleaned_data.get("client_id")
        return Answers(side_effects=effects, **said) if is_theirs else None

    def hear(self, *, course, day):
        """Tell at once what is urgent on a page that is shown again for another reason."""
        said = self.heard()
        if said is not None:
            diary.hear(
                course=course, answers=said, client_id=self.cleaned_data["client_id"], day=day, by=course.patient
            )
        return said

    def save(self, *, course, link, day, by=None, at=None):
        """Record the entry as the patient (or as staff whom they told), about the day the page was opened for."""
        return diary.record_entry(
            course=course,
            answers=self.answers(),
            client_id=self.cleaned_data["client_id"],
            day=rules.day_about(self.cleaned_data.get("about"), day),
            by=by or course.patient,
            link=link,
            spoken=language.current(),
            at=at,
        )


if set(EFFECTS) != SERIOUS_EFFECTS.keys() | USUAL_EFFECTS.keys():
    raise ValueError("The side effects patients read and those the rules know differ.")
