"""The month without a line: download, fill in, upload, look over, take."""

import pytest

from reports.models import Entry, MonthlyReport
from tests.reports.sheets import FILLED, Paper

FORM, PAGE, TAKE = "/month/2015-10/offline.xlsx", "/month/2015-10/offline/", "/month/2015-10/offline/take/"


@pytest.fixture
def client(sign_in, reporter, period):
    return sign_in(reporter)


@pytest.fixture
def paper(client):
    return Paper(client.get(FORM).content)


def body(answer):
    return answer.content.decode()


def sent(client, paper, name="填报表.xlsx"):
    """Upload and follow to the preview; return the page that is shown."""
    answer = client.post(PAGE, {"file": paper.upload(name)})
    return client.get(PAGE) if answer.status_code == 302 else answer


def taken(client, page, **choices):
    return client.post(TAKE, {"seen": page.context["preview"].fingerprint} | choices)


def test_a_filled_form_is_shown_first_and_then_taken_as_draft(client, paper, entry, report):
    page = sent(client, paper.fill("43", **FILLED))
    entry.refresh_from_db()
    assert (page.status_code, entry.done, entry.version) == (200, "", 0)
    preview = page.context["preview"]
    assert [change.label for change in preview.items[0].changes] == list(FILLED)
    answer = taken(client, page)
    entry.refresh_from_db()
    report.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, "/month/2015-10/")
    assert (entry.progress, entry.light, entry.done) == (60, "YELLOW", FILLED["本月进展"])
    assert report.status == MonthlyReport.Status.DRAFT
    event = report.events.get(verb="离线表导入")
    assert "1项任务、5处内容（第43项）" in event.note
    assert "招标" not in event.note
    assert not event.changes
