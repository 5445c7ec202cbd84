"""Days and months as people type them, within the years that plans can have."""

import datetime

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

FIRST, LAST = datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)
REACH = "年份应在2000到2100之间。"


class DayField(forms.DateField):
    """A day as 2015-11-30, 2015/11/30 or 2015年11月30日."""

    default_validators = [MinValueValidator(FIRST, REACH), MaxValueValidator(LAST, REACH)]
    formats = ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"]
    kind, invalid = "date", "请写明日期，例如2015-11-30。"

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(format=self.formats[0], attrs={"type": self.kind}))
        kwargs.setdefault("input_formats", self.formats)
        kwargs["error_messages"] = {"invalid": self.invalid} | kwargs.get("error_messages", {})
        super().__init__(**kwargs)


class MonthField(DayField):
    """A month as 2015-10, 2015/10 or 2015年10月: its first day."""

    formats = ["%Y-%m", "%Y/%m", "%Y年%m月"]
    kind, invalid = "month", "月份写作2015-10。"
