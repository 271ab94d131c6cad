"""Which chairs have an alarm nobody has answered: every open page of the clinicians says so, whatever it is about.

Emergencies are alerts: the strip of alerts says those.
"""

from dataclasses import dataclass

from django.urls import reverse

from sessions.queries.board import calling


@dataclass(frozen=True)
class Call:
    """One chair in words, and where it is seen."""

    words: str
    note: str
    url: str


def calls(site, now, *, besides=None):
    """The chairs that call; `besides` is the session whose page this is: it says so itself.

    No names: a page about another patient may be open.
    """
    found = [_call(page) for page in calling(site, now) if str(page.session.pk) != str(besides)]
    return [call for call in found if call]


def _call(page):
    alarm = next((a for a in page.state.alarms if a.level == "alarm" and a.sounds), None)
    if alarm is None:
        return None
    chair = page.session.chair
    where = f"chair {chair.label}" if chair else "a patient without a chair"
    note = "The recheck is late" if alarm.answered_at else "Nobody is going yet"
    return Call(f"Alarm in {where}", note, reverse("sessions:session-show", args=[page.session.pk]))
