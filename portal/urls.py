from django.urls import path

from portal.views import archive, help, home, imports, inbox, loading, search, succession, trace

urlpatterns = [
    path("", home.home, name="home"),
    path("seen/", home.seen, name="seen"),
    path("plans/shipped/", home.shipped, name="plan_shipped"),
    path("signed-in/", home.signed_in, name="signed_in"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.inbox_read, name="inbox_read"),
    path("help/", help.help_page, name="help"),
    path("search/", search.search, name="search"),
    path("trace/", trace.trace, name="trace"),
    path("units/merge/", succession.unit_merge, name="unit_merge"),
    path("units/<int:pk>/rename/", succession.unit_rename, name="unit_rename"),
    path("loading/<int:pk>/undo/", loading.plan_load_undo, name="plan_load_undo"),
    # a closed year to keep
    path("plans/<int:pk>/archive/", archive.plan_archive, name="plan_archive"),
    path("plans/<int:pk>/archive/download/", archive.archive_download, name="archive_download"),
    # sheets that come in
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/<slug:kind>/", imports.import_new, name="import_new"),
    path("imports/template/<slug:kind>/", imports.import_template, name="import_template"),
    path("imports/<int:pk>/", imports.import_page, name="import_page"),
    path("imports/waiting/<int:pk>/", imports.import_waiting, name="import_waiting"),
    path("imports/waiting/<int:pk>/mapping/", imports.import_mapping, name="import_mapping"),
    path("imports/waiting/<int:pk>/answers/", imports.import_answers, name="import_answers"),
    path("imports/waiting/<int:pk>/write/", imports.import_write, name="import_write"),
    path("imports/waiting/<int:pk>/marked.xlsx", imports.import_marked, name="import_marked"),
    path("imports/<int:pk>/undo/", imports.import_undo, name="import_undo"),
]
