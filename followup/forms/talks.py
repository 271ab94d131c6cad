"""Write a message: the patient's side, and the clinic's."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic import language
from clinic.forms import PlainForm, RadioCards
from followup.actions import talks
from followup.models import Talk
from followup.rules.talks import MOST_WORDS, check_write

TOPICS = [
    ("health", _("How I am, my medicines, my treatment")),
    ("visit", _("My next visit: time, way, what to bring")),
    ("papers", _("Papers and forms")),
]


def _words(label, **more):
    return forms.CharField(
        label=label,
        error_messages={"required": _("Write a few words")},
        max_length=MOST_WORDS,
        widget=forms.Textarea({"rows": 5, "autocomplete": "off", "maxlength": MOST_WORDS}),
        **more,
    )


class WriteForm(PlainForm):
    """The patient writes. What it is about is asked for a new matter only. Files are refused in words."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    topic = forms.ChoiceField(label=_("What is it about?"), choices=TOPICS, widget=RadioCards)
    words = _words(_("Your message"))

    def __init__(self, *args, talk=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.talk = talk
        self.initial.setdefault("client_id", uuid.uuid4())
        if talk is not None:
            del self.fields["topic"]

    def check_files(self):
        """Raises Refused when a file came along."""
        check_write(words="-", has_files=bool(self.files))

    def save(self, *, patient, site, at=None):
        """Send it. Raises Refused with every reason."""
        self.check_files()
        data = self.cleaned_data
        return talks.write(
            patient=patient, site=site, words=data["words"], by=patient, talk=self.talk, client_id=data["client_id"],
            topic=self.talk.topic if self.talk else data["topic"], spoken=language.current(), at=at,
        )  # fmt: skip


class AnswerForm(PlainForm):
    """Staff answers. `seen`: how many messages stood on the page, so that nobody answers past a newer one."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    words = _words("Your answer", help_text="Plain words. The mail that announces it says nothing of it.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("client_id", uuid.uuid4())

    def save(self, *, talk, by, at=None):
        """Send it."""
        return talks.answer(talk=talk, by=by, at=at, **self.cleaned_data)


class BeginForm(PlainForm):
    """Staff writes first. The front desk writes about visits and papers only."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    topic = forms.ChoiceField(label="What it is about", choices=Talk.TOPICS, widget=RadioCards)
    words = _words("Your message", help_text="Plain words. The mail that announces it says nothing of it.")

    def __init__(self, *args, topics, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("client_id", uuid.uuid4())
        self.fields["topic"].choices = [row for row in Talk.TOPICS if row[0] in topics]

    def save(self, *, patient, site, by, at=None):
        """Send it."""
        return talks.begin(patient=patient, site=site, by=by, at=at, **self.cleaned_data)


class TopicForm(PlainForm):
    """Hand a talk over to those whom it concerns."""

    topic = forms.ChoiceField(label="It is about", choices=Talk.TOPICS)
