"""News from the sessions floor, sent after the commit. Receivers sit in the floor above, in its `apps.py`."""

from django.dispatch import Signal

# Sent with session_id (UUID) and kind (how it ended) once a session has ended.
session_ended = Signal()
# Sent with session_id (UUID) once the chart is signed.
chart_signed = Signal()
