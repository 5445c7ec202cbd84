"""Where things stand in the source."""

from tasks.actions.receiving import draft_of
from tasks.draft.places import inside, paragraph_at, pieces
from tests.loading import DOCUMENT

TEXT = "第一行\n第二行 有些　 字\n第三行"


def test_a_paragraph_ends_with_its_line_or_the_next_task():
    assert paragraph_at(TEXT, 0, []) == (0, 3)
    assert paragraph_at(TEXT, 4, [(8, 12)]) == (4, 8)
    assert paragraph_at(TEXT, TEXT.index("第三"), [(0, 2)]) == (TEXT.index("第三"), len(TEXT))


def test_inside():
    assert inside(3, [(1, 4)])
    assert not inside(4, [(1, 4)])


def test_the_pieces_are_the_whole_text_with_every_task_marked():
    draft = draft_of(DOCUMENT)
    draft["problems"] = [{"place": DOCUMENT.index("整合各部门")}, {"place": 0}, {"place": len(DOCUMENT)}]
    found = list(pieces(DOCUMENT, draft))
    assert "".join(piece.text for piece in found) == DOCUMENT
    assert [piece.number for piece in found if piece.begins] == ["1", "2", "3"]
    assert {name for piece in found for name in piece.anchors} == {"p0", "p1", "p2"}


def test_dropped_tasks_and_overlapping_spans_do_no_harm():
    draft = draft_of(DOCUMENT) | {"problems": []}
    first, second, third = draft["plans"][0]["tasks"]
    first["dropped"] = "不是任务"
    third["span"] = [second["span"][0] + 3, 99999]
    found = list(pieces(DOCUMENT, draft))
    assert "".join(piece.text for piece in found) == DOCUMENT
    assert [piece.number for piece in found if piece.begins] == ["2"]
