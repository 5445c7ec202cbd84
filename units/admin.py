"""The technical administration of units and a look at accounts; accounts are made on pages of our own."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from kit import names
from kit.administration import KeptAdmin, KeptInline, ReadOnlyAdmin, ReadOnlyInline
from units.actions.directory import faults_of, keep_unit, spell_unit
from units.models import Contact, Unit, UnitName, User

# Roles stand on the account: there are no groups of permissions here.
if isinstance(admin.site._registry.get(Group), GroupAdmin):
    admin.site.unregister(Group)


class UnitForm(forms.ModelForm):
    def clean(self):
        values = super().clean()
        wanted = {name: values.get(name) for name in ("active_from", "active_to", "successor")}
        unit = Unit(pk=self.instance.pk, name=names.tidy(values.get("name") or ""), **wanted)
        for name, sentence in faults_of(unit):
            if name not in self.errors:
                self.add_error(name, sentence)
        return values


class SpellingForm(forms.ModelForm):
    def clean_name(self):
        name = names.tidy(self.cleaned_data["name"])
        if UnitName.objects.of_name(name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(f"“{name}”已是一个单位的写法。")
        if Unit.objects.of_name(name).exclude(successor=self.instance.unit_id).exists():
            raise ValidationError(f"“{name}”已是一个单位的名称。")
        return name


class SpellingInline(KeptInline):
    """Other spellings have no history of their own: the unit's events tell them."""

    model = UnitName
    form = SpellingForm
    can_delete = True
    verbose_name_plural = "其他写法"

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)


class ContactInline(ReadOnlyInline):
    """Units name their contacts themselves."""

    model = Contact
    fields = ("post", "name", "title", "phone")


@admin.register(Unit)
class UnitAdmin(KeptAdmin):
    form = UnitForm
    list_display = ("name", "full_name", "peer_group", "order", "active_from", "active_to", "successor")
    list_filter = ("peer_group",)
    list_select_related = ("successor",)
    search_fields = ("name", "full_name", "other_names__name", "pinyin", "initials")
    autocomplete_fields = ("successor",)
    inlines = (SpellingInline, ContactInline)

    def save_model(self, request, obj, form, change):
        keep_unit(obj, request.user, note="技术管理")

    def save_formset(self, request, form, formset, change):
        """The spellings that remain go to their action."""
        formset.save(commit=False)
        if formset.model is UnitName:
            rows = [row for row in formset.cleaned_data if row and not row.get("DELETE")]
            spell_unit(form.instance, [row["name"] for row in rows], request.user, note="技术管理")


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """Who has an account; it is changed where its trace is written."""

    list_display = ("username", "name", "unit", "role", "is_active")
    list_filter = ("role", "is_active")
    list_select_related = ("unit",)
    search_fields = ("username", "name", "unit__name")
    fields = (
        "username",
        "name",
        "unit",
        "role",
        "phone",
        "email",
        "is_active",
        "must_change_password",
        "password_set_at",
        "created_at",
        "page",
    )
    readonly_fields = ("created_at", "page")

    @admin.display(description="账号管理")
    def page(self, user):
        """Our own page of the account, where there is one."""
        try:
            return format_html('<a href="{}">到账号页面修改</a>', reverse("account", args=[user.pk]))
        except NoReverseMatch:
            return "—"
