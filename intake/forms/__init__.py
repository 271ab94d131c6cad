"""The forms of the packet, one a page, and those of the prescriber."""
