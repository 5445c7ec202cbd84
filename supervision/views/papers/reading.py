"""A paper read: on the page, in print, as text and Word; every figure down to the rows it was summed from."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kit.forms import number_of
from kit.sheets import file_response
from kit.storage import handed_out
from supervision import documents
from supervision.dashboard.papers import content_of
from supervision.models import Paper, PaperFile
from supervision.papers.reading import as_text
from supervision.permissions import can_cosign_paper, can_sign_paper, can_write_paper
from supervision.views.papers.deeds import Signing, deeds_of

EVENTS = 60


def paper_of(request, pk):
    rows = Paper.objects.visible_to(request.user).with_parts().prefetch_related("plans", "co_issuers", "files")
    return get_object_or_404(rows, pk=pk)


def may_read(user, row):
    """What was withdrawn is read by who may write or sign it; others see that it was, and why."""
    return row.status != Paper.Status.WITHDRAWN or can_write_paper(user, row) or can_sign_paper(user, row)


def may_follow(user, row):
    """Who drafted what when is for those who write and sign it, and who oversees them."""
    return (
        user.sees_everything or can_write_paper(user, row) or can_sign_paper(user, row) or can_cosign_paper(user, row)
    )


def readable(request, pk):
    row = paper_of(request, pk)
    if not may_read(request.user, row):
        raise Http404("withdrawn")
    return row


@require_safe
def paper(request, pk):
    row, user = paper_of(request, pk), request.user
    reads = may_read(user, row)
    context = {
        "paper": row,
        "reads": reads,
        "content": content_of(row) if reads else None,
        "record": row.record if row.is_out and reads else None,
        "signing": Signing(user, row),
        "deeds": deeds_of(user, row),
        "events": row.events.newest()[:EVENTS] if may_follow(user, row) else (),
        "may_write": can_write_paper(user, row),
    }
    return render(request, "supervision/papers/page.html", context)


@require_safe
def paper_print(request, pk):
    row = readable(request, pk)
    return render(request, "supervision/papers/print.html", {"paper": row, "content": content_of(row)})


@require_safe
def paper_text(request, pk):
    answer = HttpResponse(as_text(content_of(readable(request, pk))), content_type="text/plain; charset=utf-8")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_safe
def paper_docx(request, pk):
    """As Word; ``blank`` for paper with the red head printed on it, ``latin`` with digits in Times."""
    row, asked = readable(request, pk), request.GET
    made = documents.paper_docx(content_of(row), blank_head="blank" in asked, latin_digits="latin" in asked)
    return file_response(made, f"{row.code or '草稿'} {row.title}.docx")


@require_safe
def paper_figure(request, pk, key):
    row = readable(request, pk)
    place, _, name = key.partition("-")
    content, place = content_of(row), number_of(place)
    if not 0 < place <= len(content["blocks"]):
        raise Http404("no such part")
    figure = content["blocks"][place - 1]["figures"].get(name)
    if figure is None:
        raise Http404("no such figure")
    context = {"paper": row, "figure": figure, "content": content, "place": place}
    return render(request, "supervision/papers/figure.html", context)


@require_safe
def paper_file(request, pk):
    rows = PaperFile.objects.visible_to(request.user).select_related("paper__unit", "paper__issuer")
    file = get_object_or_404(rows, pk=pk)
    if not may_read(request.user, file.paper):
        raise Http404("withdrawn")
    return handed_out(file)
