"""Help in a crisis on every page of a patient: whom to call, in the site's own words, and whether anybody reads it."""

from functools import cached_property

from django.utils.translation import get_language

from clinic import clock
from clinic.queries.places import has_on_call, hours_of
from clinic.rules.hours import reading

# What stands there before a site has set its policy: the United States. Source: clinical reference 4.2.
CRISIS, EMERGENCY = "988", "911"


class Crisis:
    """Numbers and words of one site; as text it is the number to call. Until when nobody reads is asked when shown."""

    def __init__(self, site, at=None):
        self.site, self.at = site, at

    def __str__(self):
        return self.phone

    @cached_property
    def policy(self):
        """The site's settings, None without a site or before they are set."""
        return self.site.policy if self.site is not None else None

    @property
    def phone(self):
        """Whom to call, day or night."""
        return self.policy.crisis_phone if self.policy else CRISIS

    @property
    def text_phone(self):
        """The same by text message; "" where there is none."""
        return self.policy.crisis_text_phone if self.policy else CRISIS

    @property
    def emergency(self):
        """The number when a life is in danger."""
        return self.policy.emergency_phone if self.policy else EMERGENCY

    @property
    def clinic_phone(self):
        """The clinic's own number."""
        return self.site.phone if self.site is not None else ""

    @property
    def words(self):
        """The clinic's own sentence in the reader's language; "" without one."""
        if self.policy is None:
            return ""
        return self.policy.crisis_words_es if _is_spanish() else self.policy.crisis_words

    @property
    def has_spanish_line(self):
        """Is this the lifeline that answers in Spanish, read by somebody who reads Spanish?"""
        return self.phone == CRISIS and _is_spanish()

    @property
    def tel(self):
        return digits_of(self.phone)

    @property
    def sms(self):
        return digits_of(self.text_phone)

    @property
    def emergency_tel(self):
        return digits_of(self.emergency)

    @property
    def clinic_tel(self):
        return digits_of(self.clinic_phone)

    @cached_property
    def reading(self):
        """Whether somebody reads what is written now, and from when on. Four queries."""
        return reading(hours_of(self.site), self.at or clock.now(), has_on_call=has_on_call(self.site))


def digits_of(phone):
    """A phone number as a link takes it: digits, a plus in front; "" for none."""
    return ("+" if phone.strip().startswith("+") else "") + "".join(c for c in phone if c.isdigit())


def _is_spanish():
    return (get_language() or "").startswith("es")
