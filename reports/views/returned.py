"""A sheet that comes back: uploaded, looked over, taken; in between it waits in a row of its owner's (``Upload``)."""

import json
from io import BytesIO

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from kit import uploads
from kit.refusal import Already, Refusal
from kit.sheets import UnreadableSheet, file_response, marked_copy
from reports.comparison import RECORD, SHEET
from reports.forms.offline import SheetUploadForm, drawn_at
from units.actions.uploads import drop_uploads, keep_upload, take_upload
from units.models import Upload

# Characters; three hundred tasks filled to the limits of every field are half as many.
MOST_KEPT = 2_000_000
TOO_MUCH = "表中的文字过多，远超各栏的字数限制，请删减后再上传。"
AGAIN = "预览以后内容有变动，已按最新情况重新核对，请再看一遍后确认。什么都没有写入。"
NOTHING = "没有待导入的表，请重新选择文件。"


class ReturnedSheet:
    """One request to a sheet that comes back.

    A subclass names its ``template`` and ``values`` (the class its sheet is read into) and says what reads it, what it is
    compared with, what takes it, and where the page is.
    """

    template = ""
    values = None

    def __init__(self, request, kind):
        self.request, self.user, self.kind = request, request.user, kind
        self.find()

    def find(self):
        """What was sent in last for this kind, and whether it still waits."""
        self.latest = Upload.objects.visible_to(self.user).filter(kind=self.kind).defer("content").last()
        self.pending = self.latest if self.latest and not self.latest.taken_at else None

    def load(self):
        """Fetch what the sheet is compared with; again when somebody was faster."""

    def read(self, sheets):
        raise NotImplementedError

    def compare(self, values, choices):
        raise NotImplementedError

    def take(self, preview):
        """Return what to tell, or nothing when nothing was to be written."""
        raise NotImplementedError

    def context(self):
        return {}

    @property
    def found(self):
        return self.values.of_data(self.pending.data)

    def show(self, form=None, preview=None, *, told="", status=200):
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
        form = SheetUploadForm(self.request.POST, self.request.FILES)
        data = form.read(self._data) if form.is_valid() else None
        if data is None:
            drop_uploads(self.user, self.kind)
            self.pending = None
            return self.show(form, status=422)
        file = form.cleaned_data["file"]
        file.seek(0)
        keep_upload(self.user, self.kind, name=uploads.clean_name(file.name), content=file.read(), data=data)
        return redirect(self.request.path)

    def _data(self, sheets):
        """As they are kept, which every later request reads again."""
        data = self.read(sheets).as_data()
        if len(json.dumps(data, ensure_ascii=False)) > MOST_KEPT:
            raise Refusal(TOO_MUCH)
        return data

    def confirm(self, here, onwards):
        """All of it or nothing; what changed since then is shown again."""
        if self.pending is None:
            return self._waits_no_more(here, onwards)
        choices = {name: value for name, value in self.request.POST.items() if value in (SHEET, RECORD)}
        preview = self.compare(self.found, choices)
        if preview.fingerprint != self.request.POST.get("seen") or not preview.may_take:
            self.find()  # what is otherwise now may be what the first of two presses has just written
            if self.pending is None:
                return self._waits_no_more(here, onwards)
            return self.show(preview=preview, told=AGAIN, status=409)
        if count := len(preview.open_choices):
            return self.show(preview=preview, told=f"还有{count}处网上也改过，请选择用哪一份。", status=422)
        try:
            told = take_upload(self.pending, lambda: self.take(preview))
        except Already as why:
            messages.info(self.request, str(why))
        except Refusal as why:
            self.find()
            self.load()
            return self.show(told=f"{why}{AGAIN}", status=409)
        else:
            messages.success(self.request, told or "都用了网上的内容，没有改动。")
        return redirect(onwards)

    def _waits_no_more(self, here, onwards):
        messages.info(self.request, self.latest.taken_words if self.latest else NOTHING)
        return redirect(onwards if self.latest else here)

    def marked(self):
        faults = self.compare(self.found, {}).faults if self.pending else []
        if not faults:
            raise Http404("nothing to mark")
        try:
            content = marked_copy(BytesIO(self.pending.content), faults)
        except UnreadableSheet:
            raise Http404("nothing to mark") from None
        stem, _, _ = self.pending.name.rpartition(".")
        return file_response(content, f"{stem}-问题.xlsx")
