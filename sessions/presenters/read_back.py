"""Between typing an order and saving it: the page that reads it back, with what it makes of the infusion."""

from dataclasses import dataclass, field

from django.shortcuts import render

from clinic.refusal import Refused, refuse_if
from sessions.presenters.frame import frame
from sessions.queries.concerns import asked_of_orderer
from sessions.rules.read_back import sentence

# What the page sends itself: not part of what was typed.
OWN = ("csrfmiddlewaretoken", "step", "said_back")


@dataclass(frozen=True)
class Back:
    """`said`: the sentence to say aloud, empty for one's own order; `who` says yes to it; `facts`: (name, value)."""

    said: str = ""
    who: object = None
    facts: list = field(default_factory=list)
    warning: str = ""


def verbal_back(session, form):
    """What is read back of a verbal order; Refused with what speaks against the drug and is not answered yet."""
    said = form.ordered()
    if said.get("drug"):
        refuse_if(asked_of_orderer(session, said["drug"], **form.concerned()))
    return Back(sentence(**said), form.cleaned_data["ordered_by"])


def read_back_page(request, session, form, words, ahead, *, template="sessions/deed.html", **context):
    """The form again (422) when something is wrong or to be changed; else the page that reads it back.

    `ahead(session, form)` gives its `Back`, or raises Refused.
    """
    status = 200
    context |= {"form": form, "words": words, **frame(request, session)}
    if not form.is_valid():
        status = 422
    elif request.POST.get("step") != "change":
        try:
            context |= {"back": ahead(session, form), "typed": _typed(request)}
            template = "sessions/read_back.html"
        except Refused as refused:
            form.take(refused)
            status = 422
    return render(request, template, context | {"has_errors": status != 200}, status=status)


def _typed(request):
    return [(name, value) for name, values in request.POST.lists() for value in values if name not in OWN]
