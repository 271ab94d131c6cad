"""Response headers: what every answer carries, the early refusals and the stream process included."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from clinic.rules.addresses import is_address

# The content policy of an answer that is no page: it needs nothing at all.
NOTHING = "default-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"


def always() -> dict[str, str]:
    """The headers of every answer of every process, whatever it holds. TLS is told where the settings promise it."""
    fixed = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
    }
    return fixed | ({"Strict-Transport-Security": _transport()} if settings.SECURE_HSTS_SECONDS else {})


def _transport() -> str:
    parts = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
    parts += ["includeSubDomains"] if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else []
    return "; ".join([*parts, *(["preload"] if settings.SECURE_HSTS_PRELOAD else [])])


class HeadersMiddleware:
    """Keep every response to its own origin, and everything but static files out of every cache.

    The outermost of all: a request that is refused before it reaches a page (a wrong host name, plain HTTP) gets the
    same headers as the page would.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in always().items():
            response.headers.setdefault(name, value)
        if not request.path.startswith(settings.STATIC_URL) or response.status_code >= 400:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class ProxyMiddleware:
    """Take the client's address from the proxy in front of us: the last one in X-Forwarded-For, which it added itself.

    Only for production behind a proxy; elsewhere the header is anybody's to invent and is not looked at. Words that
    are no address count for nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if is_address(told):
            request.META["REMOTE_ADDR"] = told
        return self.get_response(request)
