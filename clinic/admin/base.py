"""What admin pages share: who may do what, at which sites, and that everything is audited."""

from django.contrib import admin
from django.http import Http404

from clinic import audit
from clinic.access import CLASSES
from clinic.admin.site import admin_sites, is_admin
from clinic.models import Chair, Patient, Role, Site, User
from clinic.models.base import SAFE

SHOWN = CLASSES[Role.CLINIC_ADMIN]
PLAIN_RELATIONS = (Chair, Patient, Site, User)


class AuditedAdmin(admin.ModelAdmin):
    """Writes go to the product's audit, not to a log of the admin's own; nothing is deleted unless a class says so."""

    actions_on_top = True
    list_per_page = 50
    may_add = may_change = True
    may_delete = False
    site_path = "site"

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def in_scope(self, request, obj):
        """Whether this row belongs to a site the user administers (always, for rows that belong to no site)."""
        if obj is None or self.site_path is None or request.user.is_superuser:
            return True
        row = obj
        for step in self.site_path.split("__"):
            row = getattr(row, step)
        return row.pk in admin_sites(request)

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if self.site_path is None or request.user.is_superuser:
            return rows
        return rows.filter(**{f"{self.site_path}__in": admin_sites(request)})

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """A row that isn't there and one of another site answer alike, here as everywhere: 404."""
        raise Http404

    def has_module_permission(self, request):
        return is_admin(request)

    def has_view_permission(self, request, obj=None):
        return is_admin(request) and self.in_scope(request, obj)

    def has_add_permission(self, request):
        return self.may_add and is_admin(request)

    def has_change_permission(self, request, obj=None):
        return self.may_change and is_admin(request) and self.in_scope(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.may_delete and is_admin(request) and self.in_scope(request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "site" and not request.user.is_superuser:
            kwargs["queryset"] = db_field.related_model.objects.filter(pk__in=admin_sites(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def log_addition(self, request, obj, message):
        self._audit("admin.added", request, obj, message)

    def log_change(self, request, obj, message):
        self._audit("admin.changed", request, obj, message)

    def log_deletions(self, request, queryset):
        for obj in queryset:
            self._audit("admin.removed", request, obj, "")

    def _audit(self, verb, request, obj, message):
        detail = {"row": str(obj), "changes": message if isinstance(message, list) else str(message)}
        audit.record(verb, obj, by=request.user, site=site_of(obj, self.site_path), detail=detail)


def site_of(obj, path):
    """The site a row belongs to, or None."""
    for step in path.split("__") if path else ():
        obj = getattr(obj, step)
    return obj if path else None


class ConfigAdmin(AuditedAdmin):
    """Set-up that a clinic admin may change."""


class Parts(admin.TabularInline):
    """Rows of a parent; what may be done with them is what may be done with the parent."""

    extra = 0

    def has_view_permission(self, request, obj=None):
        return True

    def has_add_permission(self, request, obj=None):
        return self._parent_may_change(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._parent_may_change(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._parent_may_change(request, obj)

    def _parent_may_change(self, request, obj):
        return self.admin_site.get_model_admin(self.parent_model).has_change_permission(request, obj)


class RecordAdmin(AuditedAdmin):
    """Rows of patients' records: nothing can be changed, only rows of patients of the admin's sites, looks audited.

    Fields classed clinical or mental are never shown. `patient_path` leads from the row to its patient.
    """

    may_add = may_change = False
    patient_path = "patient"
    actions = None
    list_display = ("id",)

    def get_queryset(self, request):
        rows = admin.ModelAdmin.get_queryset(self, request)
        prefix = f"{self.patient_path}__" if self.patient_path else ""
        sites = admin_sites(request)
        return rows.filter(**{f"{prefix}sites__site__in": sites, f"{prefix}sites__until__isnull": True}).distinct()

    def in_scope(self, request, obj):
        return obj is None or self.get_queryset(request).filter(pk=obj.pk).exists()

    def get_fields(self, request, obj=None):
        return [field.name for field in self.model._meta.concrete_fields if self._may_show(field)]

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj)

    def get_list_display(self, request):
        shown = self.get_fields(request)
        return tuple(name for name in self.list_display if name in ("id", *shown) or callable(name)) or ("id",)

    def _may_show(self, field):
        if field.is_relation:
            return field.related_model in PLAIN_RELATIONS  # the name of a protocol would tell what is treated
        return self.model.CLASSIFY.get(field.name, SAFE if field.primary_key else "") in SHOWN

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self.get_object(request, object_id)
        if row is not None:
            patient = site_of(row, self.patient_path) if self.patient_path else row
            audit.looked(request, f"look admin {self.opts.model_name}", row, patient=patient, site=request.site)
        return super().change_view(request, object_id, form_url, extra_context)

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        shown = getattr(response, "context_data", {}).get("cl")
        if shown is not None:
            ids = [str(row.pk) for row in shown.result_list]
            verb = f"look admin list {self.opts.model_name}"
            audit.looked(request, verb, site=request.site, detail={"rows": ids})
        return response
