"""Who works here and what they may see; odd access and emergency looks, judged by somebody else."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import access, audit, clock
from clinic.actions import access_reviews as reviews
from clinic.actions import glass as looks
from clinic.actions import staff as actions
from clinic.forms_access import CheckForm, EndAccessForm, SettleForm
from clinic.models import Role
from clinic.presenters import access as pages
from clinic.queries import access_reviews as queries
from clinic.refusal import Conflict, Refused
from clinic.rules.access_reviews import JUDGES

ADMIN = Role.CLINIC_ADMIN.value
A_PAGE = 25


def _list_page(request):
    audit.looked(request, "look clinic:access-list", site=request.site)
    return pages.list_page(request.site, by=request.user, own_roles=request.roles, at=clock.now())


@access.staff(*JUDGES)
@require_safe
def show_list(request):
    """Everyone with access to this site, and when the list was last gone through."""
    context = {"page": _list_page(request), "form": CheckForm(), "may_check": ADMIN in request.roles}
    return render(request, "clinic/access_list.html", context)


@access.staff(*JUDGES, fresh=True)
@require_safe
def as_csv(request):
    """The same list as a file."""
    audit.looked(request, "look clinic:access-csv", site=request.site)
    page = pages.list_page(request.site, by=request.user, own_roles=request.roles, at=clock.now())
    headers = {"Content-Disposition": 'attachment; filename="who-has-access.csv"'}
    return HttpResponse(
        pages.list_csv(page, request.site.zone), content_type="text/csv; charset=utf-8", headers=headers
    )


@access.staff(ADMIN)
@require_POST
def check(request):
    """An admin has gone through the list."""
    form = CheckForm(request.POST)
    if not form.is_valid():
        context = {"page": _list_page(request), "form": form, "may_check": True}
        return render(request, "clinic/access_list.html", context, status=422)
    actions.check_access(site=request.site, words=form.cleaned_data["words"], by=request.user)
    messages.success(request, "Noted: the list was gone through today.")
    return redirect("clinic:access-list")


@access.staff(ADMIN, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request, pk):
    """Somebody no longer works here: every way in is closed at once."""
    person = queries.colleague_or_404(access.sites_for(request), pk, clock.now())
    form = EndAccessForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_access(user=person, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_refusal(refused)
            status = 409 if isinstance(refused, Conflict) else 422
            return render(request, "clinic/access_end.html", {"form": form, "person": person}, status=status)
        messages.success(request, f"{person.name} has no access any more.")
        return redirect("clinic:access-list")
    audit.looked(request, "look clinic:access-end", person, site=request.site)
    return render(
        request, "clinic/access_end.html", {"form": form, "person": person}, status=422 if form.errors else 200
    )


@access.staff(*JUDGES)
@require_safe
def review_list(request):
    """What waits for a review, and what was settled."""
    audit.looked(request, "look clinic:access-review-list", site=request.site)
    at, sites = clock.now(), access.sites_for(request)
    settled = Paginator(queries.reviews_at(sites).filter(state="settled"), A_PAGE).get_page(request.GET.get("page"))
    context = {"waiting": pages.review_lines(queries.waiting_at(sites), at), "page_obj": settled}
    context["settled"] = pages.review_lines(settled, at)
    return render(request, "clinic/access_review_list.html", context)


def _review_or_404(request, pk):
    review = queries.review_or_404(access.sites_for(request), pk)
    audit.looked(request, "look clinic:access-review-show", review, patient=review.patient, site=request.site)
    return review


def _show(request, review, form, *, status=200):
    page = pages.review_page(review, by=request.user, at=clock.now())
    return render(request, "clinic/access_review_show.html", {"page": page, "form": form}, status=status)


@access.staff(*JUDGES)
@require_safe
def review_show(request, pk):
    """One review with all that is needed to judge it."""
    return _show(request, _review_or_404(request, pk), SettleForm())


@access.staff(*JUDGES)
@require_POST
def review_take(request, pk):
    """I look into it."""
    return _tried(
        request, pk, lambda review: reviews.take_review(review=review, by=request.user), "You look into it now."
    )


@access.staff(*JUDGES)
@require_POST
def review_end_look(request, pk):
    """The emergency look of this review ends now."""
    return _tried(request, pk, lambda one: looks.end_glass_of(review=one, by=request.user), "The look is over.")


@access.staff(*JUDGES)
@require_POST
def review_settle(request, pk):
    """Say what came of it."""
    form = SettleForm(request.POST)
    if not form.is_valid():
        return _show(request, _review_or_404(request, pk), form, status=422)
    return _tried(
        request, pk, lambda review: reviews.settle_review(review=review, by=request.user, **form.cleaned_data),
        "Settled.", form=form,
    )  # fmt: skip


def _tried(request, pk, act, said, form=None):
    """Do it, or show how it stands now with what was typed."""
    review = queries.review_or_404(access.sites_for(request), pk)
    try:
        act(review)
    except Refused as refused:
        form = form or SettleForm()
        messages.error(request, str(refused))
        status = 409 if isinstance(refused, Conflict) else 422
        return _show(request, _review_or_404(request, pk), form, status=status)
    messages.success(request, said)
    return redirect("clinic:access-review-show", pk)
