"""What every page's frame shows: the site's name, the menu of the role, unread messages, the clock's day."""

from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from kit import clock
from kit.floors import gathered
from kit.statements import counted
from units.models import Notice


def shell(request):
    frame = {
        "site_name": settings.SITE_NAME,
        "county": settings.COUNTY,
        "clock_day": clock.set_day(),
        "demo": settings.DEMO,
        "theme": "dark" if request.COOKIES.get("theme") == "dark" else "",
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return frame
    # Lazy: a page without the frame (an error, a document to print) asks nothing.
    frame["inbox_count"] = SimpleLazyObject(lambda: Notice.objects.visible_to(user).unread().count())
    frame["nav"] = SimpleLazyObject(lambda: _navigation(user, request.path))
    return frame


def places(role):
    return [place for place in gathered("menu", "PLACES") if role in place.roles]


def beginning(role):
    """Where a role begins after signing in, None for one that has none."""
    found = places(role)
    return next((place for place in found if role in place.begins), found[0] if found else None)


def _navigation(user, path):
    items = [item for item in _items(user.role) if item["only"](user)]
    longest = max((item["url"] for item in items if _is_under(path, item["url"])), key=len, default="")
    waiting = [item["waiting"](user) for item in items]
    numbers = iter(counted([rows for rows in waiting if rows is not None]))
    badges = [0 if rows is None else next(numbers) for rows in waiting]
    return [
        item | {"current": item["url"] == longest, "badge": badge} for item, badge in zip(items, badges, strict=True)
    ]


@cache
def _items(role):
    """Addresses do not change while the process lives."""
    items, last = [], ""
    for place in places(role):
        heading, last = (place.group if place.group != last else ""), place.group
        item = {"heading": heading, "label": place.label, "url": reverse(place.name), "icon": place.icon}
        items.append(item | {"waiting": place.waiting, "only": place.only})
    return items


def _is_under(path, url):
    """Every page lies under "/", so that one stands for itself."""
    return path == url if url == "/" else path.startswith(url)
