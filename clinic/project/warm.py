"""What a serving process does once, before its first request."""

import gc

from django.urls import reverse

# Objects made before a young collection (Python's own choice, 700, comes dozens of times in one large page).
YOUNG = 10_000


def warm():
    """Import every view, then leave what is loaded out of the garbage collector's rounds.

    Without it the first request pays for the imports, and now and then a request for a round over the quarter of a
    million objects of a loaded program: a tenth of a second in which this process answers nobody.
    """
    reverse("clinic:home")
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
