"""A plan document comes in: as a file, or as pasted text."""

from django import forms
from django.conf import settings

from kit.forms import Text
from kit.records import checksum
from kit.uploads import clean_name
from tasks.actions.receiving import PASTED, plain, text_of
from tasks.reader.files import Unreadable
from tasks.reader.office import reads_old

MOST_MEGABYTES = settings.UPLOAD_MAX_BYTES // 1024 // 1024
ENDINGS = ("docx", "txt", "doc", "wps")
TAKEN = f"可上传Word文件（.docx）或文本文件（.txt），不超过{MOST_MEGABYTES} MB；"
OLD_TAKEN, OLD_REFUSED = ".doc、.wps也可以，转换要等几秒。", ".doc、.wps请先另存为.docx。"


class DocumentForm(forms.Form):
    """One of the two. What is in it stands in ``name``, ``text`` and ``mark`` after checking."""

    file = forms.FileField(
        label="方案文件",
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in ENDINGS)}),
        error_messages={"empty": "文件是空的，请检查后重新上传。"},
    )
    text = Text(
        label="或者粘贴文字",
        required=False,
        strip=False,
        help_text="从Word或WPS里复制全文，粘贴到这里；表格也可以一起粘贴。",
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = TAKEN + (OLD_TAKEN if reads_old() else OLD_REFUSED)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(f"文件超过{MOST_MEGABYTES} MB，请删减图片或拆分后再试。")
        return file

    def clean(self):
        values = super().clean()
        file, text = values.get("file"), values.get("text", "")
        if self.errors:
            return values
        if file and text.strip():
            self.add_error("text", "文件和粘贴的文字只能选一样。")
        elif file:
            self._read("file", file.read(), clean_name(file.name))
        elif text.strip():
            self._read("text", text.encode(), PASTED)
        else:
            self.add_error("file", "请选择文件，或者在下面粘贴文字。")
        return values

    def _read(self, field, content, name):
        try:
            text = text_of(name, content) if field == "file" else plain(content.decode())
        except Unreadable as why:
            self.add_error(field, str(why))
            return
        self.cleaned_data |= {"name": name, "text": text, "mark": checksum(content)}
