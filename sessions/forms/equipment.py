"""The emergency equipment of a site, item by item."""

from sessions import actions
from sessions.forms.base import DeedForm, choice, words
from sessions.rules.equipment import ITEMS

ANSWERS = [("yes", "In order"), ("no", "Not in order")]


class EquipmentForm(DeedForm):
    """Nothing is ticked beforehand: whoever signs has looked at each."""

    note = words("Note", required=False)

    def __init__(self, *args, site, **kwargs):
        super().__init__(*args, **kwargs)
        self.site = site
        for code, label in ITEMS.items():
            self.fields[code] = choice(ANSWERS, label=label, error_messages={"required": "Say whether it is in order"})
            self.fields[f"{code}_words"] = words("What is wrong, and what is done about it", required=False, limit=200)
        self.order_fields([name for name in self.fields if name != "note"])

    def rows(self):
        """(field, field of its words) for the template."""
        return [(self[code], self[f"{code}_words"]) for code in ITEMS]

    def save(self, request):
        said = self.cleaned_data
        answers = {code: (said[code] == "yes", said[f"{code}_words"]) for code in ITEMS}
        return actions.check_equipment(site=self.site, answers=answers, note=said["note"], by=request.user)
