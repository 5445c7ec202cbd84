"""Icons, and addresses that keep the rest of the query."""

from django.core.paginator import Paginator
from django.template import Context, Template


def draw(source, **context):
    return Template("{% load shell %}" + source).render(Context(context))


def test_an_icon_is_decoration_unless_it_has_a_name():
    assert draw('{% icon "search" %}') == (
        '<svg class="icon" aria-hidden="true"><use href="/static/icons.svg#search"/></svg>'
    )
    assert 'role="img" aria-label="关闭&lt;"' in draw('{% icon "close" label %}', label="关闭<")


def test_an_address_changes_one_thing_and_keeps_the_rest(rf):
    request = rf.get("/tasks/", {"plan": "1", "page": "3", "unit": ["2", "5"]})
    assert draw("{% address page=4 %}", request=request) == "?plan=1&amp;page=4&amp;unit=2&amp;unit=5"
    assert draw("{% address page=None plan='' %}", request=request) == "?unit=2&amp;unit=5"


def test_a_pager_shows_first_near_and_last_pages():
    paginator = Paginator(range(1000), 50)
    assert (
        draw("{% for n in p|pages:10 %}{{ n|default:'-' }} {% endfor %}", p=paginator) == "1 2 - 8 9 10 11 12 - 19 20 "
    )


def test_options_are_escaped():
    drawn = draw("{{ pairs|options }}", pairs=[("县编办", "xbb"), ('"<', "&")])
    assert drawn == '<option value="县编办">xbb</option><option value="&quot;&lt;">&amp;</option>'
