"""How well the document reader reads a folder of documents whose truth is known."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from tasks.reader import read
from tasks.reader.files import Unreadable, content_of
from tasks.reader.score import Measure, Score, score

_MEASURES = {"任务": "tasks", "单位": "units", "牵头": "lead", "时限": "deadlines"}


class Command(BaseCommand):
    help = "给方案识别打分：目录中每个 X.json 是 X.txt、X.docx 或 X.doc 的标准答案"

    def add_arguments(self, parser):
        parser.add_argument("directory", help="存放方案与标准答案的目录")
        parser.add_argument("--faults", action="store_true", help="逐条列出差错")

    def handle(self, *args, directory, faults, **options):
        truths = sorted(Path(directory).glob("*.json"))
        if not truths:
            raise CommandError(f"目录中没有标准答案（*.json）：{directory}")
        total = dict.fromkeys(_MEASURES.values(), Measure(0, 0, 0))
        for truth in truths:
            found = self._score(truth)
            self._show(truth.stem, {name: getattr(found, name) for name in total})
            for fault in found.faults if faults else ():
                self.stdout.write(f"    {fault}")
            total = {name: measure + getattr(found, name) for name, measure in total.items()}
        self._show("合计", total)

    def _score(self, truth: Path) -> Score:
        paths = map(truth.with_suffix, (".txt", ".docx", ".doc", ".wps"))
        source = next((path for path in paths if path.exists()), None)
        if source is None:
            raise CommandError(f"找不到方案文件：{truth.with_suffix('.txt')}")
        try:
            content = content_of(source.name, source.read_bytes())
        except Unreadable as error:
            raise CommandError(f"{source.name}：{error}") from error
        return score(read(content), json.loads(truth.read_text("utf-8")))

    def _show(self, name: str, measures: dict[str, Measure]) -> None:
        parts = [
            f"{word} 准确率{measures[field].precision:.3f} 召回率{measures[field].recall:.3f}"
            for word, field in _MEASURES.items()
        ]
        self.stdout.write(f"{name}：{'；'.join(parts)}")
