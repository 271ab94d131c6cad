"""What is asked of a site: when it is open, and whom an unanswered alert reaches. Reads only."""

from clinic.notify.sms import can_text
from clinic.rules import route
from clinic.rules.hours import Hours


def hours_of(site):
    """The site's week and closed days, for clinic.rules.hours. Two queries, once for each object of the site."""
    if not hasattr(site, "_hours"):
        weekly = tuple(site.hours.values_list("weekday", "opens", "closes"))
        days = list(site.closed_days.values_list("day", "opens", "closes"))
        closed = frozenset(day for day, opens, _ in days if opens is None)
        site._hours = Hours(site.zone, weekly, closed, tuple(one for one in days if one[1] is not None))
    return site._hours


def route_of(site):
    """(steps, minutes between repeats) of the route in force: the newest, else the shipped default. Two queries."""
    newest = site.alert_routes.order_by("-set_at").first()
    if newest is None:
        return route.DEFAULT, route.REPEAT_MINUTES
    return tuple(newest.steps.select_related("user")), newest.repeat_minutes


def has_on_call(site):
    """Has the site an out-of-hours route that reaches somebody, as things are on this server?"""
    return route.is_on_call(route_of(site)[0], can_text=can_text())
