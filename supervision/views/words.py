"""Owner's word: the office makes links, the owner opens one without an account, the envoy's unit confirms a problem."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kit import clock
from kit.forms import told_on
from kit.moves import require
from supervision.actions.words import DAYS, GONE, answer_word, confirm_word, is_shut_out, make_links, word_of
from supervision.forms.words import ConfirmForm, LinksForm, OwnerWordForm, QuarterForm
from supervision.models import OwnerWord
from supervision.permissions import can_confirm_word
from tasks.models import Project, ProjectPerson
from units.backends import client_address
from units.models import User
from units.views.typed import taken_in


@require_http_methods(["GET", "HEAD", "POST"])
def word_list(request):
    require(request.user.is_authenticated and request.user.role in User.OVERLOOKERS)
    asked = QuarterForm(request.GET)
    asked.is_valid()
    day = asked.cleaned_data.get("quarter") or clock.today()
    quarter = day.replace(day=1, month=(day.month - 1) // 3 * 3 + 1)
    projects = _projects(request.user, quarter)
    if request.method == "POST":
        return _letters(request, projects, quarter)
    words = OwnerWord.objects.visible_to(request.user).live().filter(quarter=quarter).of(projects)
    words = {word.project_id: word for word in words}
    context = {
        "quarter": quarter,
        "number": (quarter.month + 2) // 3,
        "rows": sorted(((project, words.get(project.pk)) for project in projects), key=_turn),
        "may": request.user.role == User.Role.OFFICE,
    }
    return render(request, "supervision/words.html", context)


def _turn(row):
    """What waits for somebody stands first: a problem to confirm, a link not answered, one not sent."""
    _, word = row
    if word is None:
        return 2
    return 0 if word.is_to_confirm else 1 if word.status == OwnerWord.Status.SENT else 3


def _projects(user, quarter):
    rows = Project.objects.visible_to(user).counted().running(quarter).filter(task__plan__ends_on__gte=quarter)
    rows = rows.select_related("task__plan__office").prefetch_related("task__responsibilities__unit")
    return rows.filter(task__plan__office=user.unit_id) if user.role == User.Role.OFFICE else rows


def _letters(request, projects, quarter):
    """The links are shown this once: only their hashes are kept."""
    require(request.user.role == User.Role.OFFICE)
    form = LinksForm(request.POST, projects)
    made = make_links(form.cleaned_data["pick"], quarter, request.user) if form.is_valid() else []
    if not made:
        messages.warning(request, "请勾选还没有填写的项目。")
        return redirect(f"{reverse('word_list')}?quarter={quarter:%Y-%m}")
    letters = [(word, request.build_absolute_uri(reverse("owner_word", args=[token]))) for word, token in made]
    return render(request, "supervision/letters.html", {"letters": letters, "days": DAYS, "quarter": quarter})


@require_http_methods(["GET", "HEAD", "POST"])
def word_page(request, pk):
    words = OwnerWord.objects.visible_to(request.user).select_related("project__task__plan__office", "confirmed_by")
    word = get_object_or_404(words, pk=pk)
    may = can_confirm_word(request.user, word) and word.is_to_confirm
    form = ConfirmForm(request.POST or None)
    if request.method == "POST":
        require(can_confirm_word(request.user, word))
        if form.is_valid():
            with taken_in(request, form):
                confirm_word(word, request.user, form.cleaned_data["note"])
                messages.success(request, "已核实。")
                return redirect("word", pk)
    office = request.user.sees_everything or request.user.unit_id == word.project.task.plan.office_id
    context = {"word": word, "form": form if may else None, "marks": office}
    return render(request, "supervision/word.html", context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def owner_word(request, token):
    """The one page an owner sees; a link that opens nothing is told alike, whatever the reason."""
    address = client_address(request)
    if is_shut_out(address):
        return render(request, "supervision/owner_gone.html", {"sentence": GONE}, status=429)
    word = word_of(token, address)
    if word is None:
        return render(request, "supervision/owner_gone.html", {"sentence": GONE}, status=404)
    form = OwnerWordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_on(form):
            answer_word(word, **form.cleaned_data)
            return render(request, "supervision/owner_done.html")
    envoys = [each.name for each in word.project.people.all() if each.role == ProjectPerson.Role.ENVOY]
    context = {"word": word, "form": form, "envoys": "、".join(envoys)}
    return render(request, "supervision/owner_word.html", context, status=422 if form.errors else 200)
