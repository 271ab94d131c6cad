"""What a form is bound to."""


def typed(request):
    """The POST, also an empty one; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None
