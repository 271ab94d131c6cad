"""What the run sheet's pages share with paper: one tap, one entry."""

from sessions.presenters.taps import tap_id

__all__ = ["tap_id"]
