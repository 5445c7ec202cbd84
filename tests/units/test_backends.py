"""Who is behind a session."""

from units.backends import PersonBackend


def test_the_unit_comes_along(reporter, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert PersonBackend().get_user(reporter.pk).unit == reporter.unit


def test_nobody_and_who_was_deactivated_are_not_behind_a_session(reporter):
    assert PersonBackend().get_user(0) is None
    reporter.is_active = False
    reporter.save()
    assert PersonBackend().get_user(reporter.pk) is None
