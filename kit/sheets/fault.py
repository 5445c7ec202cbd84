"""What is wrong with a sheet that came in, told by the cell."""

from dataclasses import dataclass

from openpyxl.utils import get_column_letter


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell, and what to do. Rows and columns count from 1, as people count them.

    ``column`` 0 is the row as a whole; ``head_row`` the last row of the headings; ``ways`` what a person may choose instead of mending it.
    """

    sheet: str
    row: int
    head: str
    value: str
    sentence: str
    column: int = 0
    head_row: int = 1
    ways: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        return get_column_letter(self.column) if self.column else ""

    @property
    def place(self) -> str:
        return f"{self.letter}{self.row}" if self.column else f"第{self.row}行"

    @property
    def told(self) -> str:
        return f"{self.head}：{self.sentence}" if self.head else self.sentence
