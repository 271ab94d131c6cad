"""How often a link or a code may be sent. Pure: counts in, verdict out. Clinic defaults (unverified, to be approved).

What patients ask for is held per person, per address of the network and for the whole installation. What staff sends
is held per person alone, and by counts of its own: whoever floods the patients' doors can't lock the clinic out, and a
clinic behind one address does not lock itself out.
"""

from dataclasses import dataclass

HOUR, DAY = 3600, 24 * 3600


@dataclass(frozen=True)
class Cap:
    """At most `amount` within `seconds`."""

    amount: int
    seconds: int

    def is_reached(self, count: int) -> bool:
        """Would one more be too many, after `count` within the time?"""
        return count >= self.amount


CODES_PER_PERSON = Cap(5, HOUR)
CODES_PER_ADDRESS = Cap(20, HOUR)
CODES_IN_ALL = Cap(300, HOUR)
LINKS_PER_PERSON = Cap(3, DAY)
LINKS_PER_ADDRESS = Cap(10, HOUR)
LINKS_IN_ALL = Cap(200, HOUR)
STAFF_LINKS_PER_PERSON = Cap(10, DAY)
