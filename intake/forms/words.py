"""Goals and questions, in the patient's own words."""

from django.utils.translation import gettext_lazy as _

from intake.forms.base import PageForm
from intake.forms.fields import words


class GoalsForm(PageForm):
    """What the patient hopes for."""

    lede = _("Think of things you would like to do again.")
    goal_first = words(_("What do you hope will be better?"), required=True, rows=4, error=_("Write what you hope for"))
    goal_sign = words(
        _("How will you notice that it helps?"), rows=3, help_text=_("For example: I can walk to the park.")
    )


class QuestionsForm(PageForm):
    """What the patient wants to ask."""

    lede = _("We will answer at your first visit, or call you before.")
    clinic_questions = words(_("What would you like to ask us?"), rows=6)
    worries = words(_("Is there something you worry about?"), rows=4)
