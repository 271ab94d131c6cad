"""Who helps with a packet, in words: for the page itself, and for staff who read it."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext

from intake.models import PacketHelp
from intake.queries import help_rows


def with_words(actor, packet):
    """The line on top of a page: who fills it in with or for the patient; "" for a patient alone."""
    said = {"name": actor.name, "relation": actor.relation, "patient": packet.patient.short_name}
    if actor.kind == "representative":
        return gettext("You fill this in for %(patient)s, as %(name)s, %(relation)s.") % said
    if actor.kind == "staff":
        return gettext("Filled in together: %(patient)s and %(name)s.") % said
    if actor.help is not None:
        return gettext("%(name)s, %(relation)s, helps you with this.") % {
            "name": actor.help.name, "relation": actor.help.relation
        }  # fmt: skip
    return ""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Somebody who helped, for staff: "With Ana Test (sister)", from when to when, on how many pages saved last."""

    words: str
    since: object
    until: object
    pages: int


def filled_words(help):
    """ "filled with Ana Test (sister)" of a page's help, "" without any."""
    if help is None:
        return ""
    how = "filled by" if help.helper == PacketHelp.REPRESENTATIVE else "filled with"
    return f"{how} {help.name} ({help.relation})"


def help_of(packet):
    """HelpLines of everybody who helped with this packet. One query beside the packet's pages."""
    by_help = [row.help_id for row in packet.pages.all()]
    return [
        HelpLine(capfirst(filled_words(row)), row.at, row.until, by_help.count(row.pk)) for row in help_rows(packet)
    ]
