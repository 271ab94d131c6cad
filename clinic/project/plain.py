"""Addresses are plain text: what no browser of ours writes into one is refused before a page looks at it."""

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse


class PlainMiddleware:
    """400 for an address with a NUL in it, which the database can store in no text and no page expects."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("There is a NUL in the address.")
        return self.get_response(request)
