"""Response headers that neither Django nor the policy packages set."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

ISOLATION = {"Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}


class HeadersMiddleware:
    """Keep every response to its own origin, and everything but static files out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in ISOLATION.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
