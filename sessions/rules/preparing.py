"""Until when a drawn syringe or bag may be used. Pure."""

from datetime import datetime, time, timedelta

from clinic.refusal import Item


def use_by(made_at, *, hours, days, zone):
    """The first of: `hours` after it was made (the site's beyond-use time), and the end of the local day on which any
    of its containers expires or is discarded (`days`, dates; None where there is none). An aware datetime.
    """
    ends = [datetime.combine(day + timedelta(days=1), time(), tzinfo=zone) for day in days if day is not None]
    return min([made_at + timedelta(hours=hours), *ends])


def use_by_items(use_by_at, at):
    """Why a preparation can't go into the pump any more (`prepare.use_by`)."""
    if use_by_at > at:
        return []
    return [Item("prepare.use_by", "Its use-by time has passed: prepare a new one and waste this.", link="#prepare")]
