"""Who is told what about a paper."""

from units.actions.notices import tell, tell_unit


def _told(paper, title, body):
    """What a paper is called is nothing for the robot of a group before it is printed."""
    key = f"paper:{paper.pk}:{paper.version}"
    return {"key": key, "title": title, "body": body, "url": f"/papers/{paper.pk}/", "private": True}


def tell_signers(paper, people, word):
    tell(people, **_told(paper, f"{word}：{paper.title}", f"{paper.sent_by}送签。"))


def tell_writers(paper, title, body=""):
    people = {each.pk: each for each in (paper.drafted_by, paper.sent_by) if each and each.is_active}
    tell(people.values(), **_told(paper, title, body))


def tell_addressee(paper, title, body=""):
    if paper.addressee:
        tell_unit(paper.addressee, **_told(paper, title, body))
