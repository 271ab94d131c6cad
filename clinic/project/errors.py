"""Error reports to a tracker of the clinic's own choice: off unless SENTRY_DSN is set, and then what is listed only.

A report says which kind of error came up in which line of the program, in which part and view, under which request
number. It never holds values: no words of the error, no variables, no form, no address, no person, no log lines. A
list of what may leave is safer than one of what may not: whatever the client learns to collect stays here.
"""

import logging

from celery.signals import task_failure
from django.conf import settings
from django.core.signals import got_request_exception

log = logging.getLogger(__name__)

SECONDS = 2  # that ending a process waits for reports on their way
FRAME = ("filename", "function", "module", "lineno", "in_app")
EVENT = ("event_id", "timestamp", "level", "platform", "release", "environment")
TAGS = ("part", "view", "task", "request_id")


def start(part: str) -> bool:
    """Begin to report the errors of this process, called `part`. Returns whether a tracker is named at all."""
    if not settings.SENTRY_DSN:
        return False
    import sentry_sdk  # only where reports are wanted

    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        default_integrations=False,
        auto_enabling_integrations=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
        server_name="",
        release="",
        shutdown_timeout=SECONDS,
        before_send=allowed,
    )
    sentry_sdk.set_tag("part", part)
    got_request_exception.connect(_page_broke, dispatch_uid="clinic.errors.page")
    task_failure.connect(_task_failed, dispatch_uid="clinic.errors.task")
    log.info("Errors of the %s are reported to a tracker.", part)
    return True


def stop() -> None:
    """End the reporting of this process; what is on its way is sent first."""
    import sentry_sdk

    got_request_exception.disconnect(dispatch_uid="clinic.errors.page")
    task_failure.disconnect(dispatch_uid="clinic.errors.task")
    sentry_sdk.get_client().close(timeout=SECONDS)


def allowed(event: dict, hint: dict | None = None) -> dict:
    """What may leave of a report, made anew from the lists above."""
    tags = {name: str(value)[:100] for name, value in (event.get("tags") or {}).items() if name in TAGS}
    raised = (event.get("exception") or {}).get("values") or []
    kept = {name: event[name] for name in EVENT if name in event}
    return kept | {"tags": tags, "exception": {"values": [_raised(one) for one in raised]}}


def _raised(one: dict) -> dict:
    frames = (one.get("stacktrace") or {}).get("frames") or []
    said = [{name: frame[name] for name in FRAME if name in frame} for frame in frames]
    return {"type": one.get("type"), "module": one.get("module"), "stacktrace": {"frames": said}}


def _page_broke(sender, request=None, **more) -> None:
    match = getattr(request, "resolver_match", None)
    _send(view=match.view_name if match else "", request_id=getattr(request, "id", ""))


def _task_failed(sender=None, exception=None, **more) -> None:
    _send(exception, task=getattr(sender, "name", ""))


def _send(problem: BaseException | None = None, **tags: str) -> None:
    import sentry_sdk

    with sentry_sdk.new_scope() as scope:
        for name, value in tags.items():
            scope.set_tag(name, value)
        sentry_sdk.capture_exception(problem)
