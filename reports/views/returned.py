"""A sheet that comes back: uploaded, looked over, taken; its values wait in the session, its file among the stored ones.

No row names the file, so the sweep of orphans takes it away after a day.
"""

import json

from django.contrib import messages
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import Http404
from django.shortcuts import redirect, render

from kit import clock, uploads
from kit.refusal import Refusal
from kit.sheets import UnreadableSheet, file_response, marked_copy
from reports.comparison import RECORD, SHEET
from reports.forms.offline import SheetUploadForm, drawn_at

KEPT = "pending_sheet"
# Characters; three hundred tasks filled to the limits of every field are half as many.
MOST_KEPT = 2_000_000
TOO_MUCH = "表中的文字过多，远超各栏的字数限制，请删减后再上传。"
AGAIN = "预览以后内容有变动，已按最新情况重新核对，请再看一遍后确认。什么都没有写入。"
NOTHING = "没有待导入的表，请重新选择文件。"


class Pending:
    """The one sheet a person has uploaded for ``purpose``; a new upload takes the place of any other."""

    def __init__(self, session, purpose):
        self.session, self.purpose = session, purpose
        kept = self.session.get(KEPT, {})
        self.kept = kept if kept.get("purpose") == purpose else {}

    def __bool__(self):
        return bool(self.kept)

    @property
    def name(self):
        return self.kept["name"]

    @property
    def data(self):
        return self.kept["data"]

    def keep(self, upload, data):
        """Remember the values that were read, and store the file for a marked copy."""
        self.drop()
        upload.seek(0)
        path = default_storage.save(uploads.random_name("xlsx", clock.today()), File(upload))
        self.kept = {"purpose": self.purpose, "name": uploads.clean_name(upload.name), "path": path, "data": data}
        self.session[KEPT] = self.kept

    def drop(self):
        """Forget the sheet, whatever it was for."""
        if kept := self.session.pop(KEPT, None):
            default_storage.delete(kept["path"])
        self.kept = {}

    def marked(self, faults):
        """Return the uploaded workbook with its faults marked; None when its file is gone."""
        try:
            with default_storage.open(self.kept["path"]) as file:
                return marked_copy(file, faults)
        except (UnreadableSheet, OSError):
            return None


class ReturnedSheet:
    """One request to a sheet that comes back.

    A subclass names its ``template`` and ``values`` (the class its sheet is read into) and says what reads it, what it is
    compared with, what takes it, and where the page is.
    """

    template = ""
    values = None

    def __init__(self, request, purpose):
        self.request, self.user = request, request.user
        self.pending = Pending(request.session, purpose)

    def load(self):
        """Fetch what the sheet is compared with; again when somebody was faster."""

    def read(self, sheets):
        """Return the values of a workbook, or raise what refuses it."""
        raise NotImplementedError

    def compare(self, values, choices):
        """Return the Preview of the values beside what is on record."""
        raise NotImplementedError

    def take(self, preview):
        """Write what was shown; return what to tell, or nothing when nothing was to be written."""
        raise NotImplementedError

    def context(self):
        """Return what else the page shows."""
        return {}

    @property
    def found(self):
        return self.values.of_data(self.pending.data)

    def show(self, form=None, preview=None, *, told="", status=200):
        """Draw the page: the upload, and what a pending sheet would change."""
        if preview is None and self.pending:
            preview = self.compare(self.found, {})
        context = {
            "form": form or SheetUploadForm(),
            "pending": self.pending,
            "preview": preview,
            "drawn_at": drawn_at(self.found) if self.pending else "",
            "told": told,
        }
        return render(self.request, self.template, context | self.context(), status=status)

    def upload(self):
        """Read the uploaded file; nothing is written but its values in the session."""
        form = SheetUploadForm(self.request.POST, self.request.FILES)
        data = form.read(self._data) if form.is_valid() else None
        if data is None:
            self.pending.drop()
            return self.show(form, status=422)
        self.pending.keep(form.cleaned_data["file"], data)
        return redirect(self.request.path)

    def _data(self, sheets):
        """The values of a workbook as the session keeps them, which every later request reads again."""
        data = self.read(sheets).as_data()
        if len(json.dumps(data, ensure_ascii=False)) > MOST_KEPT:
            raise Refusal(TOO_MUCH)
        return data

    def confirm(self, here, onwards):
        """Take what was shown, all of it or nothing; what changed since then is shown again."""
        if not self.pending:
            messages.warning(self.request, NOTHING)
            return redirect(here)
        choices = {name: value for name, value in self.request.POST.items() if value in (SHEET, RECORD)}
        preview = self.compare(self.found, choices)
        if preview.fingerprint != self.request.POST.get("seen") or not preview.may_take:
            return self.show(preview=preview, told=AGAIN, status=409)
        if count := len(preview.open_choices):
            return self.show(preview=preview, told=f"还有{count}处网上也改过，请选择用哪一份。", status=422)
        try:
            told = self.take(preview)
        except Refusal as why:
            self.load()
            return self.show(told=f"{why}{AGAIN}", status=409)
        self.pending.drop()
        messages.success(self.request, told or "都用了网上的内容，没有改动。")
        return redirect(onwards)

    def marked(self):
        """Hand the uploaded workbook back with its faults marked."""
        faults = self.compare(self.found, {}).faults if self.pending else []
        content = self.pending.marked(faults) if faults else None
        if content is None:
            raise Http404("nothing to mark")
        stem, _, _ = self.pending.name.rpartition(".")
        return file_response(content, f"{stem}-问题.xlsx")
