from django.urls import path

from supervision.views import dispatch, occasions, rhythm, rhythm_rules, sheets, visits, words

urlpatterns = [
    path("dispatch/", dispatch.dispatch_list, name="dispatch_list"),
    path("dispatch/<int:pk>/", dispatch.dispatch, name="dispatch"),
    path("dispatch/<int:pk>/print/", dispatch.dispatch_print, name="dispatch_print"),
    path("dispatch/<int:pk>/sheet/", sheets.dispatch_sheet, name="dispatch_sheet"),
    path("occasions/<int:pk>/", occasions.occasion_page, name="occasion"),
    path("occasions/<int:pk>/print/", occasions.occasion_print, name="occasion_print"),
    path("occasions/<int:pk>/sheet/", sheets.occasion_sheet, name="occasion_sheet"),
    path("occasions/<int:pk>/settle/", occasions.occasion_settle, name="occasion_settle"),
    path("visits/", visits.visit_list, name="visit_list"),
    path("visits/new/", visits.visit_new, name="visit_new"),
    path("words/", words.word_list, name="word_list"),
    path("words/<int:pk>/", words.word_page, name="word"),
    path("word/<str:token>/", words.owner_word, name="owner_word"),
    path("items/", sheets.item_list, name="item_list"),
    path("items/<int:pk>/", occasions.item_edit, name="item_edit"),
    path("rhythm/", rhythm.rhythm, name="rhythm"),
    path("rhythm/list/", rhythm.duty_list, name="duty_list"),
    path("rhythm/calendar.ics", rhythm.rhythm_ics, name="rhythm_ics"),
    path("rhythm/<int:pk>/", rhythm_rules.rhythm_rule, name="rhythm_rule"),
    path("rhythm/<int:pk>/<int:number>/", rhythm.duty, name="duty"),
    path("plans/<int:pk>/rhythm/", rhythm_rules.rhythm_rules, name="rhythm_rules"),
    path("plans/<int:pk>/rhythm/lay-down/", rhythm_rules.rhythm_lay_down, name="rhythm_lay_down"),
]
