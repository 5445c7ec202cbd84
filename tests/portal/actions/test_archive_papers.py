"""Papers in a plan's package: as documents, the same twice."""

import datetime
from io import BytesIO

import docx
import pytest

from portal.actions.archive import archive_plan
from supervision.actions.papers.drafting import start
from supervision.actions.papers.letterheads import keep_letterhead
from supervision.actions.papers.signing import send, sign
from supervision.models import Block
from tests.portal.archived import closed, entries, filed, sent

__all__ = ["closed", "filed"]


@pytest.fixture
def printed(closed, office, make_user, reform_office):
    keep_letterhead(reform_office, "BULLETIN", office, masthead="活动通报", series="通报", numbering="ISSUE")
    head = make_user("gaigeban.head", "HEAD", reform_office, name="何主任")
    made = start(office, "BULLETIN", plans=[closed], month=datetime.date(2015, 10, 1), main_to="各责任单位")
    Block.objects.create(paper=made, order=99, text="请于11月30日前报送进展。")
    send(made, office)
    return sign(made, head)


def test_printed_papers_go_along_as_documents(closed, printed, office, tmp_path):
    packages = [sent(archive_plan(closed, office), tmp_path) for _ in range(2)]
    first, second = map(entries, packages)
    name = f"通报文书/{printed.pk:03d}-{printed.code} {printed.title}.docx"
    assert "报表/通报文书.xlsx" in first
    assert first[name] == second[name]
    text = "\n".join(each.text for each in docx.Document(BytesIO(first[name])).paragraphs)
    assert "请于11月30日前报送进展。" in text
