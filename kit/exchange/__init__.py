"""Rows in and out of spreadsheets for the technical administration: strict on the way in, plain values on the way out."""

from kit.exchange.cells import Amount, Choice, Day, Name, Number, Text, as_shown, as_text
from kit.exchange.resource import StrictResource
from kit.exchange.workbooks import SheetFormat, sheet_format

__all__ = [
    "Amount",
    "Choice",
    "Day",
    "Name",
    "Number",
    "SheetFormat",
    "StrictResource",
    "Text",
    "as_shown",
    "as_text",
    "sheet_format",
]
