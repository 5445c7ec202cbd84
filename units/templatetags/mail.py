"""What mail and posts did not get through, for whoever can call the person or mend the address."""

from django import template
from django.conf import settings

from units.actions import posts
from units.models import Mail, Post

register = template.Library()


@register.inclusion_tag("units/part/undelivered.html")
def undelivered_mail(user, units=None):
    """The latest to each address; asks nothing where no mail is sent."""
    if not settings.EMAIL_HOST:
        return {}
    rows = Mail.objects.visible_to(user) if units is None else Mail.objects.of(units)
    rows = rows.undelivered().select_related("notice__user__unit").order_by("pk")
    return {"undelivered": list({mail.address: mail for mail in rows}.values())}


@register.inclusion_tag("units/part/unposted.html")
def unposted(user):
    if not posts.is_on():
        return {}
    rows = Post.objects.visible_to(user).stuck().select_related("notice").order_by("-pk")
    return {"unposted": list(rows)}
