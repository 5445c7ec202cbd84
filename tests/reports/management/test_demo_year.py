"""The command says why it builds nothing where somebody works already."""

import pytest
from django.core.management import CommandError, call_command

from tasks.models import Plan


def test_it_refuses_where_somebody_has_an_account(reporter):
    with pytest.raises(CommandError, match="空库"):
        call_command("demo_year")
    assert not Plan.objects.exists()
