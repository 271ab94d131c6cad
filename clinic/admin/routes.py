"""The route of unanswered alerts: never edited, each change a new version made from the one in force."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet

from clinic.actions import setup
from clinic.admin.base import ConfigAdmin, Parts
from clinic.admin.site import clinic_admin, is_admin
from clinic.models import AlertRoute, RouteStep, User
from clinic.notify.sms import can_text
from clinic.queries.places import route_of
from clinic.refusal import Refused
from clinic.rules import route

COPIED = ("after_minutes", "when", "whom", "role", "user", "name", "email", "phone")


class StepFormSet(BaseInlineFormSet):
    """The lines together make a route or they don't: the reasons stand above them."""

    def clean(self):
        """Ask the rule about all lines that are whole."""
        super().clean()
        if any(self.errors) or self.instance.site_id is None:
            return
        steps = [RouteStep(**{name: form.cleaned_data[name] for name in COPIED}) for form in self.filled()]
        try:
            working = setup.working_at(self.instance.site)
            route.check_can_set(steps, working=working, can_text=can_text())
        except Refused as refused:
            raise ValidationError([item.text for item in refused.items]) from refused

    def filled(self):
        """The forms of lines that hold something."""
        return [form for form in self.forms if form.has_changed()]


class RouteStepInline(Parts):
    """The lines of a route."""

    model = RouteStep
    formset = StepFormSet
    spare = 3

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Only colleagues of the admin's sites."""
        if db_field.name == "user" and request.site is not None:
            ids = [user.pk for user in setup.working_at(request.site)]
            kwargs["queryset"] = User.objects.filter(pk__in=ids)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_extra(self, request, obj=None, **kwargs):
        """Room for what is in force and a few lines more."""
        return 0 if obj else len(steps_in_force(request)) + self.spare

    def has_add_permission(self, request, obj=None):
        """Lines are only written with a new route."""
        return obj is None and is_admin(request)


def steps_in_force(request):
    """The lines in force at the admin's site, as initial values."""
    site = request.site
    steps = route_of(site)[0] if site else route.DEFAULT
    return [{name: getattr(step, name) for name in COPIED} for step in steps]


@admin.register(AlertRoute, site=clinic_admin)
class AlertRouteAdmin(ConfigAdmin):
    """Saving adds a version, and the newest one counts."""

    may_change = False
    inlines = [RouteStepInline]
    list_display = ["site", "set_at", "set_by", "repeat_minutes", "note"]
    list_filter = ["site"]
    fieldsets = [
        (
            None,
            {
                "fields": ["site", "repeat_minutes", "note"],
                "description": "Lines with the same minutes are told together. A patient who writes out of hours is "
                "told that somebody reads it only where a line says “only while the site is closed”; else the page "
                "says until when nobody does. Mail and names never tell what an alert is about.",
            },
        )
    ]

    def get_changeform_initial_data(self, request):
        """Start from what is in force at the admin's site."""
        if request.site is None:
            return {}
        return {"site": request.site.pk, "repeat_minutes": route_of(request.site)[1]}

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """The lines in force stand there to be changed; what comes back counts as written, changed or not."""
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "GET" and obj.set_by_id is None:
            given["initial"] = steps_in_force(request)
        return given

    def save_model(self, request, obj, form, change):
        """Nothing yet: a route is saved whole, with its lines."""

    def save_related(self, request, form, formsets, change):
        """The route and its lines, in one action."""
        steps = [step for formset in formsets for step in formset.save(commit=False)]
        setup.set_route(route=form.instance, steps=steps, by=request.user)

    def has_view_permission(self, request, obj=None):
        return is_admin(request) and self.in_scope(request, obj)
