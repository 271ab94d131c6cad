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


class ProxyMiddleware:
    """Take the client's address from the proxy in front of us: the last one in X-Forwarded-For, which it added itself.

    Only for production behind a proxy; elsewhere the header is anybody's to invent and is not looked at.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if told:
            request.META["REMOTE_ADDR"] = told
        return self.get_response(request)
