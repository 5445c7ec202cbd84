from django.urls import path

from units.views import accounts, signin, typed, units

urlpatterns = [
    # signing in
    path("login/", signin.SignIn.as_view(), name="login"),
    path("logout/", signin.sign_out, name="logout"),
    path("password/", signin.password, name="password"),
    # drafts of forms
    path("typed/", typed.typed, name="typed"),
    # accounts
    path("accounts/", accounts.account_list, name="account_list"),
    path("accounts/new/", accounts.account_new, name="account_new"),
    path("accounts/unlock/", accounts.account_unlock, name="account_unlock"),
    path("accounts/<int:pk>/", accounts.account, name="account"),
    path("accounts/<int:pk>/reset/", accounts.account_reset, name="account_reset"),
    path("accounts/<int:pk>/switch/", accounts.account_switch, name="account_switch"),
    # units
    path("units/", units.unit_list, name="unit_list"),
    path("units/new/", units.unit_new, name="unit_new"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("units/<int:pk>/contacts/", units.unit_contacts, name="unit_contacts"),
    path("units/<int:pk>/signing/", units.unit_signing, name="unit_signing"),
]
