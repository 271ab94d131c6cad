"""What speaks against a drug: the reason of the prescriber who goes on, wherever a drug is ordered or given."""

from sessions import actions
from sessions.forms.base import DeedForm, Questions, words

REASON = "Why it is right all the same, as the prescriber says"


class Concerned(Questions):
    """A form whose action may ask about a drug. The reason is asked for only once something speaks against it."""

    asks_about = ("drug",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "concern_reason" in self.data:
            self._ask_reason()

    def _ask_reason(self):
        self.fields["concern_reason"] = words(REASON, required=False)

    def ask(self, items):
        """Beside the questions, the field for the reason."""
        super().ask(items)
        if any(item.code in ("confirm.allergy", "confirm.interaction") for item in items):
            self._ask_reason()

    def concerned(self):
        """What the action wants to know: the questions answered with yes, and the reason."""
        return {"confirmed": self.confirmed, "concern_reason": self.cleaned_data.get("concern_reason", "")}


class ConcernForm(DeedForm):
    """A prescriber decides, from wherever they are, to go on with a drug."""

    reason = words("Why it is right all the same", lines=3)

    def __init__(self, *args, session, drug, **kwargs):
        super().__init__(*args, **kwargs)
        self.session, self.drug = session, drug

    def save(self, request):
        return actions.decide_drug(
            session=self.session, drug=self.drug, reason=self.cleaned_data["reason"], by=request.user
        )
