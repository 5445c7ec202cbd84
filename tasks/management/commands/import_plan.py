"""Read a plan document; show what was found, print it as JSON, or load it."""

import json
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kit.refusal import Refusal
from tasks.actions.loading import load_document
from tasks.actions.receiving import draft_of, text_of
from tasks.reader import read
from tasks.reader.files import Unreadable
from units.actions.loading import Directory

SHOWN = 28


class Command(BaseCommand):
    help = "读取方案文件（.txt、.docx，装有LibreOffice时还有.doc、.wps）：默认只列出读到的内容和问题，--json 输出全部内容，--apply 写入数据库。"

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="文件")
        parser.add_argument("--json", action="store_true", help="以JSON输出读到的内容")
        parser.add_argument("--apply", action="store_true", help="写入数据库，全部成功或全部不写")
        parser.add_argument(
            "--office", action="append", default=[], metavar="单位", help="主管办公室；有几个方案就按顺序写几次"
        )
        parser.add_argument("--year", type=int, help="文件没有写明时的年度")

    def handle(self, *args, file, apply, office, year, **options):
        text = self.text_of(Path(file))
        if options["json"]:
            self.stdout.write(json.dumps(asdict(read(text)), ensure_ascii=False, indent=1))
        elif not apply:
            self.show(read(text))
        if apply:
            draft = draft_of(text)
            for order, plan in enumerate(draft["plans"]):
                plan["office"] = office[min(order, len(office) - 1)] if office else plan["office"]
                plan["year"] = plan["year"] or year
            self.load(draft)

    def text_of(self, path):
        try:
            return text_of(path.name, path.read_bytes())
        except OSError as error:
            raise CommandError(f"打不开文件“{path}”：{error.strerror}") from error
        except Unreadable as error:
            raise CommandError(str(error)) from error

    def show(self, document):
        self.stdout.write(f"{document.title or '（没有读到标题）'}  {document.document_number}")
        directory = Directory.of_all()
        for plan in document.plans:
            units = {name for task in plan.tasks for name in task.names()}
            parts = sum(len(task.units) for task in plan.tasks)
            counts = f"{len(plan.sections)}个部分，{len(plan.tasks)}项任务，{len(units)}个单位，{parts}条责任分工"
            self.stdout.write(f"\n{plan.title}\n  {counts}")
            for task in plan.tasks:
                people = "、".join(task.names()) or "待分解"
                deadline = f"  {task.deadline}" if task.deadline else ""
                self.stdout.write(f"  {task.number:>6}  {task.text[:SHOWN]}  [{people}]{deadline}")
                for name in task.names():
                    directory.find(name, f"{plan.title[:SHOWN]} 任务{task.number}")
        self.show_problems(document.problems, directory)

    def show_problems(self, problems, directory):
        self.stdout.write(f"\n需要人工核对的有{len(problems) + len(directory.unknown)}处。")
        for problem in problems:
            self.stdout.write(f"  第{problem.line}行  {problem.reason}  {problem.text[:SHOWN]}")
        for name, where in directory.unknown.items():
            nearest = "、".join(directory.nearest(name)) or "无"
            self.stdout.write(f"  {where}  库中没有单位“{name}”，相近的有：{nearest}")

    def load(self, values):
        try:
            loaded = load_document(values)
        except Refusal as why:
            raise CommandError(f"没有写入任何内容：\n{why}") from why
        self.stderr.write(str(loaded))
        for task in loaded.different:
            self.stderr.write(f"任务{task.number}的原文与库中不同，未改动。")
