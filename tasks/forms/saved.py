"""A name for the filter one looks at."""

from django import forms
from django.urls import Resolver404, resolve

from kit.forms import of_column
from tasks.models import SavedFilter

# lists that keep filters
LISTS = ("task_list", "review_queue", "filing_rows", "period", "indicator_list")


class SavedFilterForm(forms.ModelForm):
    class Meta:
        model = SavedFilter
        formfield_callback = of_column
        fields = ["name", "path", "query"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["query"].required = False

    def clean_path(self):
        """Only lists of ours: a saved filter is a link that somebody will press."""
        path = self.cleaned_data["path"]
        try:
            known = resolve(path).url_name in LISTS
        except Resolver404:
            known = False
        if not known:
            raise forms.ValidationError("这个页面不能保存筛选。")
        return path
