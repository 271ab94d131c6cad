"""Sites, chairs, opening hours, closed days, and the settings of a site."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from clinic.actions import setup
from clinic.admin.base import ConfigAdmin, Parts
from clinic.admin.site import clinic_admin, is_admin
from clinic.models import Chair, ClosedDay, OpeningHours, Site, SitePolicy
from clinic.notify.texts import forbidden_in


class HoursInline(Parts):
    model = OpeningHours
    verbose_name_plural = "opening hours"


class ClosedDayInline(Parts):
    model = ClosedDay


class ChairInline(Parts):
    model = Chair

    def has_delete_permission(self, request, obj=None):
        """A chair is put out of use, not deleted: visits name it."""
        return False


class SiteForm(forms.ModelForm):
    """The short name stands in every message and text: it must not tell what is treated."""

    def clean_short_name(self):
        """Refuse a word that must not leave the building."""
        name = self.cleaned_data["short_name"]
        words = forbidden_in(name)
        if words:
            raise ValidationError(f"“{words[0]}” must not leave the building: this name stands in every message.")
        return name


@admin.register(Site, site=clinic_admin)
class SiteAdmin(ConfigAdmin):
    """A new site is added by a superuser; its admin keeps it."""

    form = SiteForm

    site_path = ""
    inlines = [HoursInline, ClosedDayInline, ChairInline]
    list_display = ["name", "short_name", "zone_name", "phone", "open_for_booking"]

    def in_scope(self, request, obj):
        return obj is None or self.get_queryset(request).filter(pk=obj.pk).exists()

    def get_queryset(self, request):
        rows = admin.ModelAdmin.get_queryset(self, request)
        held = [m.site_id for m in request.memberships if m.role == "clinic_admin"]
        return rows if request.user.is_superuser else rows.filter(pk__in=held)

    def has_add_permission(self, request):
        return request.user.is_superuser


@admin.register(SitePolicy, site=clinic_admin)
class SitePolicyAdmin(ConfigAdmin):
    """Settings are never edited: saving adds a row, and the newest one counts."""

    may_change = False
    list_display = ["site", "set_at", "set_by", "second_person", "prescriber_presence", "nurse_lanes"]
    list_filter = ["site"]
    exclude = ["set_at", "set_by"]

    def get_changeform_initial_data(self, request):
        """Start from the settings in force at the admin's first site."""
        newest = self.get_queryset(request).order_by("-set_at").first()
        if newest is None:
            return {}
        return {f.name: getattr(newest, f.attname) for f in self.opts.concrete_fields if f.name not in ("id", "set_at")}

    def save_model(self, request, obj, form, change):
        setup.set_policy(policy=obj, by=request.user)

    def has_view_permission(self, request, obj=None):
        return is_admin(request) and self.in_scope(request, obj)
