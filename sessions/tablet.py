"""Who has fully signed in on this tablet today: what a PIN counts beside, and nothing else.

A name and the hour of a sign-in with every factor are kept for each browser (`clinic.browsers`); a PIN counts only
where they are, so that a PIN alone, on another device, is worth nothing.
"""

from clinic import browsers, clock


def signed_in_here(request):
    """User id (str) -> the moment of their last full sign-in on this tablet, only those that still count."""
    return browsers.full_here(request, clock.now())
