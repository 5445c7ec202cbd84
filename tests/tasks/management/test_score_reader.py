"""The command that scores the reader over a folder."""

import io
import json

import docx
import pytest
from django.core.management import CommandError, call_command

TEXT = "某县方案\n一、任务\n1.修路。（牵头单位：县交通局；配合单位：县财政局）\n2.治水。（牵头单位：县水利局）\n"


def truth(*tasks):
    return json.dumps({"tasks": tasks}, ensure_ascii=False)


def task(number, starts, *units):
    return {"number": number, "starts": starts, "units": units, "lead": units[:1], "deadline": None}


def test_every_document_and_the_sum(tmp_path):
    (tmp_path / "a.txt").write_bytes(TEXT.encode("gb18030"))
    (tmp_path / "a.json").write_text(
        truth(task("1", "修路。", "县交通局", "县财政局"), task("2", "治水。", "县水利局")), "utf-8"
    )
    document = docx.Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    document.save(tmp_path / "b.docx")
    (tmp_path / "b.json").write_text(truth(task("1", "修路。", "县交通局", "县公安局")), "utf-8")
    out = io.StringIO()
    call_command("score_reader", str(tmp_path), faults=True, stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0].startswith("a：任务 准确率1.000 召回率1.000；单位 准确率1.000 召回率1.000")
    assert lines[1].startswith("b：任务 准确率0.500 召回率1.000；单位 准确率0.333 召回率0.500")
    assert any("多任务 2 治水" in line for line in lines)
    assert lines[-1].startswith("合计：任务 准确率0.750 召回率1.000")


def test_what_is_missing_is_said(tmp_path):
    with pytest.raises(CommandError, match="没有标准答案"):
        call_command("score_reader", str(tmp_path))
    (tmp_path / "a.json").write_text(truth(), "utf-8")
    with pytest.raises(CommandError, match="找不到方案文件"):
        call_command("score_reader", str(tmp_path))
    (tmp_path / "a.txt").write_bytes(b"\0\0")
    with pytest.raises(CommandError, match="不是纯文本"):
        call_command("score_reader", str(tmp_path))
