"""Take one mail that came back, from standard input: what a mail server pipes to whatever reads BOUNCE_ADDRESS.

For example, in Postfix' aliases: `returned: "|/srv/tideline/manage.py take_returned_mail"`. Mail that is no notice
about a message of ours is let go in silence, so that a server does not return the return.
"""

import sys

from django.core.management.base import BaseCommand

from clinic.actions.deliveries import heard
from clinic.models import Message
from clinic.notify import returned

MOST_BYTES = 1_000_000


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        notice = returned.read(sys.stdin.buffer.read(MOST_BYTES))
        message = Message.objects.filter(pk=notice.message_id).first() if notice else None
        if message is None:
            self.stdout.write("No notice about a message of ours.")
            return
        heard(message=message, state=notice.state, source="mail", code=notice.status, failure=notice.failure)
        self.stdout.write(f"Message {message.pk}: {notice.state} ({notice.status}).")
