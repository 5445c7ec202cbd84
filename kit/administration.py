"""How far the technical administration may go: what has a history is kept, what has actions of its own is only shown."""

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core import signing
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from import_export.admin import ImportExportModelAdmin
from import_export.forms import ConfirmImportForm

from kit import clock
from kit.exchange import sheet_format
from kit.forms import OF_COLUMNS
from kit.sheets import UnreadableSheet


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

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnlyAdmin(KeptAdmin):
    """Rows that only the pages of our own change."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class KeptInline(admin.TabularInline):
    """Lines of a thing, which are added and corrected, never deleted."""

    formfield_overrides = OF_COLUMNS
    extra = 0
    can_delete = False
    show_change_link = False


class ReadOnlyInline(KeptInline):
    """Lines of a thing, to look at."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class SignedConfirmForm(ConfirmImportForm):
    """Only a file that was uploaded here and looked at is taken: its name is signed."""

    def clean_import_file_name(self):
        try:
            return signing.Signer().unsign(self.cleaned_data["import_file_name"])
        except signing.BadSignature:
            raise ValidationError("请重新上传文件。") from None


class SheetAdmin(ImportExportModelAdmin, KeptAdmin):
    """Rows that also come and go as a spreadsheet: .xlsx only, seen before it is taken, all of it or nothing."""

    actions = None
    skip_export_form = True
    confirm_form_class = SignedConfirmForm
    import_error_display = ("message",)

    def get_actions(self, request):
        return {}

    def get_import_formats(self):
        return [sheet_format(self.resource_classes[0])]

    get_export_formats = get_import_formats

    def add_data_read_fail_error_to_form(self, form, e):
        """Say in a sentence why the file cannot be read; a fault of our own is not the file's."""
        if not isinstance(e, UnreadableSheet):
            raise e
        form.add_error("import_file", str(e))

    def get_confirm_form_initial(self, request, import_form):
        initial = super().get_confirm_form_initial(request, import_form)
        if initial:
            initial["import_file_name"] = signing.Signer().sign(initial["import_file_name"])
        return initial

    def process_import(self, request, **kwargs):
        """A second press of the button finds the file gone, and says so."""
        try:
            return super().process_import(request, **kwargs)
        except FileNotFoundError:
            messages.warning(request, "这个文件已经导入或已经过期；如需再次导入，请重新上传。")
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_import")

    def process_result(self, result, request):
        """Between preview and confirmation others may have written: then nothing was taken, and that is said."""
        if result.has_errors() or result.has_validation_errors():
            messages.error(request, "预览之后数据有了变化，这次没有导入任何内容，请重新上传核对。")
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_import")
        return super().process_result(result, request)

    def add_success_message(self, result, request):
        totals = result.totals
        messages.success(
            request, f"导入完成：新增{totals['new']}条，修改{totals['update']}条，无变化{totals['skip']}条。"
        )

    def get_export_filename(self, request, queryset, file_format):
        return f"{self.opts.model_name}-{clock.now():%Y%m%d-%H%M}.xlsx"
