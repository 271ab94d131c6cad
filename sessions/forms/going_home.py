"""Before going home: who came, the sheet that was handed over, the question to the prescriber and their answer."""

from django import forms

from clinic import language
from clinic.forms import CheckCards
from sessions import actions
from sessions.forms.after import SessionForm
from sessions.forms.base import choice, words
from sessions.models import AftercareSheet
from sessions.rules.gates import CRITERIA
from sessions.rules.going_home import can_be_decided


class EscortForm(SessionForm):
    """Whoever takes the patient home has come; the person named at check-in stands there already."""

    who = words("Who is here", limit=300, help_text="Name, and what they are to the patient.")

    def save(self, request):
        return actions.note_escort(session=self.session, who=self.cleaned_data["who"], by=request.user)


class EscortGoneForm(SessionForm):
    def save(self, request):
        return actions.note_escort(session=self.session, here=False, by=request.user)


class SheetForm(SessionForm):
    """Hand over the sheet to take home."""

    spoken = choice([], label="Language of the sheet")
    to_whom = choice(AftercareSheet.TO_WHOM, label="Handed to")
    talked_through = forms.BooleanField(
        label="Talked through; they said back when to call and that there is no driving until tomorrow",
        error_messages={"required": "Talk it through first"},
    )
    printed = forms.BooleanField(required=False, label="On paper")
    mailed = forms.BooleanField(required=False, label="By e-mail: a link that opens the sheet")
    own_words = words("Something of their own to add", lines=2, required=False, limit=600,
                      help_text="Stands on the sheet as you write it, in the patient's language.")  # fmt: skip

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, session=session, **kwargs)
        self.fields["spoken"].choices = [(code, language.english_name(code)) for code in language.codes()]
        if not session.patient.email:
            self.fields["mailed"].help_text = "There is no e-mail address on record."

    def save(self, request):
        names = ("spoken", "to_whom", "talked_through", "printed", "mailed", "own_words")
        return actions.hand_over_sheet(session=self.session, by=request.user, **self.picked(*names))


class AskForm(SessionForm):
    """Ask a prescriber, who may be elsewhere."""

    of_whom = forms.ChoiceField(label="Whom", required=False)
    words = words("What they should know", lines=3, required=False, limit=1000,
                  help_text="How the patient is, what you suggest. What is missing is sent along.")  # fmt: skip

    def __init__(self, *args, session, prescribers=(), **kwargs):
        super().__init__(*args, session=session, **kwargs)
        self.people = {str(user.pk): user for user in prescribers}
        named = [(pk, user.display_name) for pk, user in self.people.items()]
        self.fields["of_whom"].choices = [("", "Whoever of the prescribers is first"), *named]

    def save(self, request):
        return actions.ask_discharge(
            session=self.session,
            words=self.cleaned_data["words"],
            of_whom=self.people.get(self.cleaned_data["of_whom"]),
            by=request.user,
        )


class DecideForm(SessionForm):
    """A prescriber's yes or no, with its reason."""

    allows = choice([("yes", "May go home without what is ticked"), ("no", "Not yet")], label="Your decision")
    codes = forms.MultipleChoiceField(label="May go without", required=False, widget=CheckCards)
    other_way = words("Another way home instead of the escort", required=False, limit=200)
    reason = words("Why", lines=3, limit=1000, help_text="It stands in the record for ever.")

    def __init__(self, *args, session, asked=None, open_codes=(), **kwargs):
        super().__init__(*args, session=session, **kwargs)
        self.asked = asked
        self.fields["codes"].choices = [(code, CRITERIA[code]) for code in open_codes if can_be_decided(code)]
        if not self.fields["codes"].choices:
            del self.fields["codes"]

    def save(self, request):
        data = self.cleaned_data
        return actions.decide_discharge(
            session=self.session, allows=data["allows"] == "yes", codes=data.get("codes", ()), request=self.asked,
            other_way=data["other_way"], reason=data["reason"], by=request.user,
        )  # fmt: skip
