"""Paper: the record as PDF where Pango is installed, and what is said where it isn't."""

import uuid
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders


def tap_id(session, user, what):
    """The id of an entry that one tap makes from this page: pressed twice it is recorded once."""
    return uuid.uuid5(session.pk, f"{what}/{user.pk}/{session.version}")


@cache
def missing_library():
    """The words of what PDF printing lacks on this server, or ""."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as problem:
        return (
            f"PDF needs the system library Pango, and it could not be loaded here: {str(problem).splitlines()[0][:160]}"
        )
    return ""


def pdf(html):
    """The page as PDF bytes. Only our own style sheets are read, nothing from the network."""
    from weasyprint import HTML

    return HTML(string=html, base_url=settings.BASE_URL or "http://localhost/", url_fetcher=_own_files).write_pdf()


def _own_files(url, *args, **kwargs):
    from weasyprint.urls import URLFetcherResponse

    path = urlsplit(url).path
    if not path.startswith(settings.STATIC_URL):
        raise ValueError("Only the project's own files go into a PDF.")
    found = finders.find(path.removeprefix(settings.STATIC_URL))
    if found is None:
        raise ValueError("No such file of the project's own.")
    kind = {".css": "text/css", ".svg": "image/svg+xml"}.get(Path(found).suffix, "application/octet-stream")
    return URLFetcherResponse(url, Path(found).read_bytes(), {"Content-Type": kind})
