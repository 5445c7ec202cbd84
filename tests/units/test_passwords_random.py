"""A password made by the system keeps the rules it asks of others."""

from django.contrib.auth.password_validation import validate_password

from units.passwords import random_password


def test_it_passes_every_rule_and_differs_each_time():
    made = {random_password() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        validate_password(password)
