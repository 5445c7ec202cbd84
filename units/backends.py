"""Who is behind a session."""

from django.contrib.auth.backends import ModelBackend

from units.models import User


class PersonBackend(ModelBackend):
    """Fetches the unit along with the person, because every page's frame names both."""

    def get_user(self, user_id):
        user = User.objects.select_related("unit").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
