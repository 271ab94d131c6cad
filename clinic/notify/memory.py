"""What a sweep knows once for all its messages: settings of sites, published words, bad addresses, channels at rest.

Read when the sweep begins; a sweep lasts less than a minute, so what changes meanwhile holds from the next one on.
"""

from datetime import datetime, time
from functools import cached_property

from clinic import clock
from clinic.models import BadAddress, ChannelPause, MessageText, Site
from clinic.rules import quiet
from clinic.rules.sending import Caps

CHANNELS = ("email", "sms")
CAPS = {"email": Caps(4), "sms": Caps(3, 10)}  # of a site without settings


def plain_address(channel: str, address: str) -> str:
    """An address in the one form in which two of them are compared."""
    return address.strip().lower() if channel == "email" else "".join(one for one in address if one.isdigit())


class Memory:
    """One sweep's knowledge; everything is read at its first use."""

    def __init__(self, at: datetime | None = None):
        self.at = at or clock.now()
        self._policies: dict = {}

    def policy(self, site: Site):
        """The settings in force at a site, or None."""
        if site.pk not in self._policies:
            self._policies[site.pk] = site.policy
        return self._policies[site.pk]

    def quiet_hours(self, site: Site) -> tuple[time, time]:
        """From when in the evening until when in the morning nobody is disturbed."""
        policy = self.policy(site)
        return (policy.quiet_from, policy.quiet_until) if policy else quiet.QUIET

    def caps(self, site: Site, channel: str) -> Caps:
        """How many messages a person gets by this channel."""
        policy = self.policy(site)
        if policy is None:
            return CAPS[channel]
        return Caps(policy.mails_a_day) if channel == "email" else Caps(policy.texts_a_day, policy.texts_a_week)

    @cached_property
    def texts(self) -> dict[tuple[str, str, str], MessageText]:
        """The newest published words by kind, channel and language."""
        published = MessageText.objects.filter(published_at__isnull=False).order_by("number")
        return {(text.kind, text.channel, text.language): text for text in published}

    @cached_property
    def bad_addresses(self) -> set[tuple[str, str]]:
        """Addresses nothing goes to, in the form of `plain_address`."""
        rows = BadAddress.objects.filter(cleared_at__isnull=True).values_list("channel", "address")
        return {(channel, plain_address(channel, address)) for channel, address in rows}

    def is_bad(self, channel: str, address: str) -> bool:
        """Did this address send one of ours back for good?"""
        return (channel, plain_address(channel, address)) in self.bad_addresses

    @cached_property
    def pauses(self) -> dict[str, ChannelPause]:
        """What is known of each channel that has failed of late."""
        return {pause.channel: pause for pause in ChannelPause.objects.filter(failures__gt=0)}

    def open_channels(self) -> tuple[str, ...]:
        """The channels that do not rest now."""
        return tuple(
            channel
            for channel in CHANNELS
            if channel not in self.pauses or self.pauses[channel].until is None or self.pauses[channel].until <= self.at
        )
