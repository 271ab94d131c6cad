"""Where the SMS provider calls back: a text message came in, or one of ours was delivered or not.

Nobody signs in here: every call carries the provider's signature over its address and fields, or is refused.
"""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.html import escape
from django.views.decorators.csrf import csrf_exempt  # for calls that are signed instead
from django.views.decorators.http import require_POST

from clinic import access
from clinic.actions.deliveries import heard
from clinic.actions.replies import take_reply
from clinic.notify import twilio
from clinic.queries.messages import message_by_id
from clinic.rules.sending import after_report

XML = '<?xml version="1.0" encoding="UTF-8"?><Response>{}</Response>'


def signed(view):
    """404 while no provider is set up, 403 for a call that the provider did not sign."""

    def checked(request, *args, **kwargs):
        if not settings.SMS_API:
            raise Http404
        if not twilio.is_signed(request.path, request.POST.dict(), request.headers.get("X-Twilio-Signature", "")):
            return HttpResponse("The signature is not the provider's.", status=403, content_type="text/plain")
        return view(request, *args, **kwargs)

    return checked


@csrf_exempt  # a server calls here, no browser: there is no form of ours to carry a token; `signed` refuses strangers
@access.public
@require_POST
@signed
def take(request):
    """A text message came in; what we answer goes back in the same call, unless the provider has answered itself."""
    told = request.POST
    if not told.get("MessageSid") or not told.get("From"):
        return HttpResponse("MessageSid and From are missing.", status=422, content_type="text/plain")
    _, answer = take_reply(
        provider_id=told["MessageSid"],
        sender=told["From"],
        words=told.get("Body", ""),
        country=settings.SMS_API["country"],
    )
    said = f"<Message>{escape(answer)}</Message>" if answer and not told.get("OptOutType") else ""
    return HttpResponse(XML.format(said), content_type="text/xml")


@csrf_exempt  # as above: the provider's signature stands for the token
@access.public
@require_POST
@signed
def report(request, pk):
    """What became of a text message of ours."""
    message, state = message_by_id(pk), twilio.STATES.get(request.POST.get("MessageStatus", ""))
    if message is None:
        raise Http404
    if state:
        code = request.POST.get("ErrorCode", "")[:20]
        failure = after_report(int(code) if code.isdigit() else None) if state == "bounced" else None
        sid = request.POST.get("MessageSid", "")
        heard(message=message, state=state, source="provider", code=code, failure=failure, provider_id=sid)
    return HttpResponse(status=204)
