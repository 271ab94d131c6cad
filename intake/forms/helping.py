"""Who helps: a name, and who they are to the patient."""

from django.utils.translation import gettext_lazy as _

from clinic.forms import PlainForm
from intake.forms.fields import line


class HelperForm(PlainForm):
    """Somebody at the patient's side."""

    name = line(_("Their name"), error=_("Write the name of the person who helps"), autocomplete="off")
    relation = line(
        _("Who are they to you?"),
        most=60,
        help_text=_("For example my sister, or a friend."),
        error=_("Write who they are to you"),
    )
