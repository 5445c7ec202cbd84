"""Addresses of things."""

import pytest
from django.urls import NoReverseMatch

from kit.addresses import address_of


def test_an_address_is_that_of_the_thing():
    assert (address_of("task", 7), address_of("task", 8), address_of("report", 7)) == (
        "/tasks/7/",
        "/tasks/8/",
        "/reports/7/",
    )


def test_a_page_that_is_not_there_is_told():
    with pytest.raises(NoReverseMatch):
        address_of("nowhere", 7)
