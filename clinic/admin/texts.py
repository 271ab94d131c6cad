"""The words patients read: drafts until published, frozen afterwards."""

from django.contrib import admin, messages

from clinic.actions import setup
from clinic.admin.base import ConfigAdmin
from clinic.admin.site import clinic_admin
from clinic.models import ConsentText, MessageText
from clinic.refusal import Refused


class TextAdmin(ConfigAdmin):
    """Texts are the clinic's, not a site's: any clinic admin keeps them."""

    site_path = None
    exclude = ["published_at", "published_by"]
    readonly_fields = ["number", "state"]
    actions = ["publish", "new_version"]
    list_filter = ["kind", "language"]

    @admin.display(description="State")
    def state(self, obj):
        """Draft, or published by whom."""
        return f"published by {obj.published_by or 'the clinic'}" if obj.published_at else "draft"

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.published_at is None)

    def save_model(self, request, obj, form, change):
        if not change:
            same = {"kind": obj.kind, "language": obj.language}
            obj.number = type(obj).objects.filter(**same).count() + 1
        super().save_model(request, obj, form, change)

    @admin.action(description="Publish these drafts", permissions=["add"])
    def publish(self, request, queryset):
        for text in queryset:
            _try(self, request, setup.publish_text, text=text, done=f"Published: {text}.")

    @admin.action(description="Make a new draft from these", permissions=["add"])
    def new_version(self, request, queryset):
        for text in queryset:
            _try(self, request, setup.new_text_from, text=text, done=f"There is a new draft of {text}.")


def _try(page, request, action, *, done, **what):
    """Run an action of the admin list and say what came of it."""
    try:
        action(**what, by=request.user)
        page.message_user(request, done, messages.SUCCESS)
    except Refused as refused:
        page.message_user(request, f"{next(iter(what.values()))}: {refused}", messages.ERROR)


@admin.register(ConsentText, site=clinic_admin)
class ConsentTextAdmin(TextAdmin):
    list_display = ["title", "kind", "language", "number", "state"]


@admin.register(MessageText, site=clinic_admin)
class MessageTextAdmin(TextAdmin):
    list_display = ["kind", "channel", "language", "number", "state"]
