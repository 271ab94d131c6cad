"""The smallest application a real server can serve, for what the server itself writes down."""


def application(environ, start_response):
    """Say yes to everything."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"yes"]
