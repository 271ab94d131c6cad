"""The alerts about a packet or a diary entry, on the page that shows it: `{% alerts_about packet %}`."""

from django import template

from clinic import access
from clinic.models.base import MENTAL
from clinic.presenters.alerts import about

register = template.Library()


@register.inclusion_tag("clinic/_alerts_about.html", takes_context=True)
def alerts_about(context, *rows):
    """Every alert about these rows, within what this reader's role receives. One query."""
    request = context["request"]
    return {"lines": about(request, *(row.pk for row in rows)), "sees": access.sees(request, MENTAL)}
