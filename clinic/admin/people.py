"""People and their roles, within the admin's own sites; nobody their own, nobody a role above theirs."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q

from clinic import clock
from clinic.actions import staff
from clinic.admin.base import ConfigAdmin
from clinic.admin.site import admin_sites, clinic_admin
from clinic.models import Membership, Role, User
from clinic.refusal import Refused
from clinic.rules.staff import RANK, rank


class UserForm(forms.ModelForm):
    """Name and address of a person; a password is chosen by themselves, roles are given under "Memberships"."""

    class Meta:
        model = User
        fields = ["email", "name", "initials", "credentials", "is_active"]

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Somebody has this address already.")
        return email


@admin.register(User, site=clinic_admin)
class UserAdmin(ConfigAdmin):
    form = UserForm
    site_path = None
    list_display = ["name", "email", "credentials", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name", "email"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if request.user.is_superuser:
            return rows
        here = Q(memberships__site__in=admin_sites(request)) | Q(memberships__isnull=True)
        return rows.filter(here, is_superuser=False).distinct()

    def has_view_permission(self, request, obj=None):
        seen = obj is None or self.get_queryset(request).filter(pk=obj.pk).exists()
        return super().has_view_permission(request, obj) and seen

    def has_change_permission(self, request, obj=None):
        if not super().has_change_permission(request, obj):
            return False
        try:
            if obj is not None:
                staff.check_editing(user=obj, by=request.user)
        except Refused:
            return False
        return True

    def save_model(self, request, obj, form, change):
        if change:
            staff.change_user(user=obj, fields=form.changed_data, by=request.user)
        else:
            staff.add_user(user=obj, by=request.user)
            self.message_user(request, "Now give them a role. They choose a password under “Forgot your password?”.")


class MembershipForm(forms.ModelForm):
    """Checks the roles before anything is written; the action checks them again."""

    class Meta:
        model = Membership
        fields = ["user", "site", "role"]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and self.instance._state.adding:
            try:
                staff.check_role(by=self.actor, **cleaned)
            except Refused as refused:
                for item in refused.items:
                    self.add_error(item.field or None, item.text)
        return cleaned


@admin.register(Membership, site=clinic_admin)
class MembershipAdmin(ConfigAdmin):
    """A role is given or ended, never edited and never deleted."""

    form = MembershipForm
    may_change = False
    list_display = ["user", "site", "role", "since", "until"]
    list_filter = ["site", "role"]
    list_select_related = ["user", "site"]
    search_fields = ["user__name", "user__email"]
    actions = ["end"]

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.actor = request.user
        return form

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "user":
            people = clinic_admin.get_model_admin(User).get_queryset(request)
            kwargs["queryset"] = people.exclude(pk=request.user.pk)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "role":
            own = rank(roles=[Role.CLINIC_ADMIN], superuser=request.user.is_superuser)
            kwargs["choices"] = [(value, words) for value, words in Role.choices if RANK[value] <= own]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        given = staff.give_role(user=obj.user, site=obj.site, role=obj.role, by=request.user)
        obj.pk, obj.since = given.pk, given.since

    @admin.action(description="End these roles now", permissions=["add"])
    def end(self, request, queryset):
        for membership in queryset:
            try:
                staff.end_role(membership=membership, by=request.user, at=clock.now())
                self.message_user(request, f"Ended: {membership}.", messages.SUCCESS)
            except Refused as refused:
                self.message_user(request, f"{membership}: {refused}", messages.ERROR)
