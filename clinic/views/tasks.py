"""What has to be done at this site: alerts that wait, tasks to finish with what came of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from clinic import access, clock
from clinic.actions import tasks
from clinic.forms import DoneForm
from clinic.presenters.work import task_line, task_or_404, work_of
from clinic.refusal import Refused


@access.staff("front_desk", "nurse", "prescriber")
@require_safe
def show_list(request):
    """Alerts first, then tasks by their time."""
    return _list(request)


def _list(request, *, status=200):
    context = {"work": work_of(request, clock.now())}
    return render(request, "clinic/task_list.html", context, status=status)


@access.staff("front_desk", "nurse", "prescriber")
@require_http_methods(["GET", "HEAD", "POST"])
def show(request, pk):
    """One task with its details; finish it here."""
    task = task_or_404(request, pk)
    line = task_line(request, task, clock.now())
    if request.method == "POST" and not line.may_finish:
        raise PermissionDenied("This task is for another role.")
    form = DoneForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _tried(request, lambda: tasks.close_task(task=task, by=request.user, **form.cleaned_data), "Done.")
    status = 422 if form.is_bound else 200
    return render(request, "clinic/task_show.html", {"line": line, "form": form}, status=status)


def _tried(request, act, said):
    """Do it, or say why not; then back to the list."""
    try:
        act()
    except Refused as refused:
        messages.error(request, f"{refused} Somebody may have been faster: this is how it stands now.")
        return _list(request, status=409)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("clinic:task-list"))
