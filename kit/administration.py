"""How far the technical administration may go: what has a history is kept, what has actions of its own is only shown."""

from django.contrib import admin, messages
from django.shortcuts import redirect
from import_export.admin import ImportExportModelAdmin

from kit import clock
from kit.exchange import sheet_format
from kit.sheets import UnreadableSheet


class KeptAdmin(admin.ModelAdmin):
    """Rows that others point to: they are added and corrected, never deleted, and nothing is done to many at once."""

    actions = None
    list_per_page = 50
    show_full_result_count = False

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

    extra = 0
    can_delete = False
    show_change_link = False


class ReadOnlyInline(KeptInline):
    """Lines of a thing, to look at."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class SheetAdmin(ImportExportModelAdmin, KeptAdmin):
    """Rows that also come and go as a spreadsheet: .xlsx only, seen before it is taken, all of it or nothing."""

    actions = None
    skip_export_form = True
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
