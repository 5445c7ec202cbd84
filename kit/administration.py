"""How far the technical administration may go: what has a history is kept, what has actions of its own is only shown."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import SuspiciousOperation
from django.template.response import TemplateResponse

from kit.forms import OF_COLUMNS


class BoundedList(ChangeList):
    """A list whose address may name any year: one that no calendar holds leads back to the whole list."""

    def get_filters(self, request):
        try:
            return super().get_filters(request)
        except (ValueError, OverflowError) as why:
            raise IncorrectLookupParameters(why) from why


class KeptAdmin(admin.ModelAdmin):
    """Rows that others point to: they are added and corrected, never deleted, and nothing is done to many at once."""

    actions = None
    formfield_overrides = OF_COLUMNS
    list_per_page = 50
    show_full_result_count = False

    def changeform_view(self, request, *args, **kwargs):
        """The hidden keys of a page's lines are the page's own: a form that garbles them is refused, not a fault of ours."""
        try:
            answer = super().changeform_view(request, *args, **kwargs)
            return answer.render() if isinstance(answer, TemplateResponse) else answer
        except (ValueError, OverflowError) as why:
            raise SuspiciousOperation("garbled form") from why

    def get_changelist(self, request, **kwargs):
        return BoundedList

    def get_queryset(self, request):
        """Rows with a query of Django's own: what an address asks that cannot be is told while it filters."""
        rows = super().get_queryset(request)
        return type(rows)(rows.model, rows.query, rows.db)

    def has_delete_permission(self, request, obj=None):
        return False


class _ReadOnly:
    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class ReadOnlyAdmin(_ReadOnly, KeptAdmin):
    """Rows that only the pages of our own change."""


class KeptInline(admin.TabularInline):
    """Lines of a thing, which are added and corrected, never deleted."""

    formfield_overrides = OF_COLUMNS
    extra = 0
    can_delete = False
    show_change_link = False


class ReadOnlyInline(_ReadOnly, KeptInline):
    """Lines of a thing, to look at."""
