"""A case of reform as a unit offers it, and the words on it: chosen or not, taken back, copied."""

from django import forms

from kit.forms import Box, Text
from supervision.models import Experience


def _area(label, hint):
    return Box(label, Experience.TEXT, 4, help_text=hint)


class ExperienceForm(forms.Form):
    title = Text(label="题目", max_length=Experience.TITLE, help_text="一句话说清做法，例如：一窗受理、并联审批")
    difficulty = _area("原来难在哪里", "改革以前群众和企业遇到的困难。")
    done = _area("怎么做的", "别的单位照着能做的步骤。")
    result = _area("做出了什么", "有数字写数字，写明从哪个月报查得到。")


class WordForm(forms.Form):
    """The sentence that goes with a decision; whether it is compulsory the action says."""

    text = Box("意见或情况", 300, 2, required=False)
