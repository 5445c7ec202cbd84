"""Addresses of the floor units."""

from django.urls import path

from units.views import signin

urlpatterns = [
    # signing in
    path("login/", signin.SignIn.as_view(), name="login"),
    path("logout/", signin.sign_out, name="logout"),
    path("password/", signin.password, name="password"),
]
