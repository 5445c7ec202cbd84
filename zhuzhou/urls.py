from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("portal.urls")),
    path("", include("supervision.urls")),
    path("", include("reports.urls")),
    path("", include("tasks.urls")),
    path("", include("units.urls")),
    path("admin/", admin.site.urls),
]
