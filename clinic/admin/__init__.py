"""The clinic's set-up, behind the same sign-in as everything else. The package's own admin site is not mounted."""

from clinic.admin import people, places, protocols, records, routes, texts

__all__ = ["people", "places", "protocols", "records", "routes", "texts"]
