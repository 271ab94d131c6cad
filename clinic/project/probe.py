"""Whether a part on this machine answers: `python -m clinic.project.probe 8000 /health/live/`, exit code 0 or 1.

For container and proxy checks: it speaks as the proxy does, so that neither host check nor redirect to TLS says no.
"""

import http.client
import sys

from clinic.project import environment as env

SECONDS = 4


def answers(port: int, path: str) -> bool:
    """Whether a GET of this path on loopback is answered with 200 in time."""
    host = next(iter(env.words("ALLOWED_HOSTS")), "localhost")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", path, headers={"Host": host, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if answers(int(sys.argv[1]), sys.argv[2]) else 1)
