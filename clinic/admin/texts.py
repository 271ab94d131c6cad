"""The words patients read: drafts until published, frozen afterwards."""

from django import forms
from django.contrib import admin, messages
from django.utils.html import format_html, linebreaks

from clinic import letters
from clinic.actions import setup
from clinic.admin.base import ConfigAdmin
from clinic.admin.site import clinic_admin
from clinic.models import ConsentText, LetterText, MessageText
from clinic.notify import preview as previews
from clinic.notify.kinds import COMMON, KINDS
from clinic.notify.texts import TextError
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
            try_each(self, request, setup.publish_text, text=text, done=f"Published: {text}.")

    @admin.action(description="Make a new draft from these", permissions=["add"])
    def new_version(self, request, queryset):
        for text in queryset:
            try_each(self, request, setup.new_text_from, text=text, done=f"There is a new draft of {text}.")


def try_each(page, request, action, *, done, **what):
    """Run an action of the admin list and say what came of it."""
    try:
        action(**what, by=request.user)
        page.message_user(request, done, messages.SUCCESS)
    except Refused as refused:
        page.message_user(request, f"{next(iter(what.values()))}: {refused}", messages.ERROR)


@admin.register(ConsentText, site=clinic_admin)
class ConsentTextAdmin(TextAdmin):
    list_display = ["title", "kind", "language", "number", "state"]


class MessageTextForm(forms.ModelForm):
    """A kind is one of those there are."""

    kind = forms.ChoiceField(
        choices=sorted(((code, kind.words) for code, kind in KINDS.items()), key=lambda one: one[1])
    )


@admin.register(MessageText, site=clinic_admin)
class MessageTextAdmin(TextAdmin):
    """Messages: the words in braces are filled in when one goes out; the preview fills them with nobody's data."""

    form = MessageTextForm
    list_display = ["kind", "channel", "language", "number", "state"]
    readonly_fields = [*TextAdmin.readonly_fields, "known_words", "preview"]

    @admin.display(description="May stand in braces")
    def known_words(self, obj):
        """The placeholders of this kind."""
        names = KINDS[obj.kind].placeholders if obj.kind in KINDS else COMMON
        return ", ".join(f"{{{name}}}" for name in sorted(names))

    @admin.display(description="Preview")
    def preview(self, obj):
        """The saved words as their reader would see them, or all that is wrong with them."""
        if not obj.body or obj.kind not in KINDS:
            return "Save it first."
        shown = previews.shown(obj.kind, obj.channel, obj.language, obj)
        if shown.problem:
            return f"It can't be published as it stands. {shown.problem}"
        parts = f"Sent as {shown.parts} part{'' if shown.parts == 1 else 's'}." if shown.parts else ""
        body = linebreaks(shown.body, autoescape=True)
        return format_html("<strong>{}</strong>{}{}", shown.subject, body, parts)


@admin.register(LetterText, site=clinic_admin)
class LetterTextAdmin(TextAdmin):
    """Letters: the words in braces are filled in for each patient; the preview fills them with nobody's data."""

    list_display = ["kind", "language", "number", "state"]
    readonly_fields = [*TextAdmin.readonly_fields, "known_words", "preview"]

    @admin.display(description="May stand in braces")
    def known_words(self, obj):
        """The placeholders of this kind."""
        names = letters.placeholders_of(obj.kind) if obj.kind else letters.COMMON
        return ", ".join(f"{{{name}}}" for name in sorted(names))

    @admin.display(description="Preview")
    def preview(self, obj):
        """The saved words, filled with a sample."""
        if not obj.body:
            return "Save it first."
        try:
            title, body = letters.preview(obj)
        except TextError as problem:
            return f"No preview: {problem}."
        return format_html("<strong>{}</strong>{}", title, linebreaks(body, autoescape=True))
