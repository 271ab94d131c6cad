"""Goals and questions, in the patient's own words."""

from intake.forms.base import PageForm
from intake.forms.fields import words


class GoalsForm(PageForm):
    """What the patient hopes for."""

    lede = "Think of things you would like to do again."
    goal_first = words("What do you hope will be better?", required=True, rows=4, error="Write what you hope for")
    goal_sign = words("How will you notice that it helps?", rows=3, help_text="For example: I can walk to the park.")


class QuestionsForm(PageForm):
    """What the patient wants to ask."""

    lede = "We will answer at your first visit, or call you before."
    clinic_questions = words("What would you like to ask us?", rows=6)
    worries = words("Is there something you worry about?", rows=4)
