"""Paper: the record as PDF where Pango is installed, and what is said where it isn't."""

import uuid
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage


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
    """The page as PDF bytes. Only our own style sheets are read, nothing from the network and no other file."""
    from weasyprint import HTML

    return HTML(string=html, base_url=settings.BASE_URL or "http://localhost/", url_fetcher=_fetcher()).write_pdf()


@cache
def _fetcher():
    """A fetcher of this WeasyPrint that knows our static files only; what it refuses is left out of the page."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url, headers=None):
            body = _own_file(url)
            kind = KINDS.get(Path(urlsplit(url).path).suffix, "application/octet-stream")
            return URLFetcherResponse(url, body, {"Content-Type": kind})

    return OwnFiles(allowed_protocols={"http", "https"}, allow_redirects=False)


KINDS = {".css": "text/css", ".svg": "image/svg+xml"}


def _own_file(url):
    """The bytes of a static file of ours, by its plain name or by the hashed one that production gives it."""
    path = urlsplit(url).path
    if urlsplit(url).scheme not in ("http", "https") or not path.startswith(settings.STATIC_URL):
        raise ValueError("Only the project's own files go into a PDF.")
    name = path.removeprefix(settings.STATIC_URL)
    if found := finders.find(name):
        return Path(found).read_bytes()
    if settings.STATIC_ROOT and staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return file.read()
    raise ValueError("No such file of the project's own.")
