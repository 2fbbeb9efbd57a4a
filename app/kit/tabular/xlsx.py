"""XLSX as people want to get it: typed text, a header that stays, ready to print."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from app.kit.tabular.cells import is_number, text
from app.kit.tabular.errors import TabularError

# A spreadsheet cell holds 32,767 characters; what is cut says so, and an import must refuse it.
LONGEST_CELL = 32_767
CUT_MARK = " [cut here: the whole text is in the CSV and JSON]"
MOST_ROWS = 1_048_575
_NARROWEST, _WIDEST = 8, 60
_LINE, _HIGHEST = 15, 409  # points; no spreadsheet has higher rows
_LOST_TO_WORDS = 4
_EXACT = 2**53
_A4 = 9


def write_xlsx(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[str],
    *,
    sheet: str,
    created: datetime,
    title: str | None = None,
    print_setup: bool = True,
    widest: int = _WIDEST,
) -> bytes:
    """One sheet. The same input gives the same bytes: `created` is the data's time, not now.

    Texts are text cells whatever they look like (`2425-06-1` is no date); numbers are numbers.
    `title` heads each printed page (the sheet's name by default); `widest` is the width, in
    characters, at which texts begin to wrap: narrower columns print larger.
    TabularError beyond 1,048,575 rows.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False})
    # Excel wants a time without zone; ours are UTC.
    moment = created.astimezone(UTC).replace(tzinfo=None) if created.tzinfo else created
    book.set_properties({"title": title or sheet, "created": moment})
    page = book.add_worksheet(_sheet_name(sheet))
    shown = _fill(book, page, rows, columns)
    widths = _widths(shown, columns, widest)
    for position, width in enumerate(widths):
        page.set_column(position, position, width)
    # Said, because not every program makes room for wrapped text by itself.
    for row, texts in enumerate(shown, start=1):
        lines = max((_lines(said, widths[at]) for at, said in texts), default=1)
        if lines > 1:
            page.set_row(row, min(_LINE * lines, _HIGHEST))
    count = len(shown)
    page.freeze_panes(1, 0)
    if columns:
        page.autofilter(0, 0, count, len(columns) - 1)
        # CAS numbers and years as text are meant: no green corners.
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{count + 1}"})
    if print_setup:
        _print_setup(page, title or sheet)
    book.close()
    return buffer.getvalue()


def _fill(
    book: Any, page: Any, rows: Iterable[Mapping[str, Any]], columns: Sequence[str]
) -> list[list[tuple[int, list[int]]]]:
    """Writes header and rows; of each row, (column, lengths of its lines) of the cells it fills."""
    look = {"text_wrap": True, "valign": "top"}
    # "@" keeps text as text also when somebody edits the cell.
    as_text = book.add_format({**look, "num_format": "@"})
    as_number = book.add_format(look)
    heading = book.add_format({**look, "bold": True, "num_format": "@", "bottom": 1})
    for position, name in enumerate(columns):
        page.write_string(0, position, name, heading)
    written = []
    for count, row in enumerate(rows, start=1):
        if count > MOST_ROWS:
            raise TabularError("more rows than a sheet can hold: take CSV or NDJSON", count)
        cells = []
        for position, name in enumerate(columns):
            value = row.get(name)
            if _is_exact(value):
                page.write_number(count, position, value, as_number)
                shown = str(value)
            else:  # also numbers that a spreadsheet would round, and NaN
                shown = text(value)
                if not shown:
                    continue
                page.write_string(count, position, _fitted(shown), as_text)
            cells.append((position, [len(line) for line in shown.splitlines()]))
        written.append(cells)
    return written


def _widths(
    shown: list[list[tuple[int, list[int]]]], columns: Sequence[str], widest: int
) -> list[int]:
    held = [len(name) + 2 for name in columns]  # room for the filter's arrow
    for cells in shown:
        for position, lengths in cells:
            held[position] = max(held[position], max(lengths, default=0))
    return [min(max(width + 2, _NARROWEST), widest) for width in held]


def _lines(lengths: list[int], width: int) -> int:
    """Lines that a cell takes; words that do not fit leave some of each line empty."""
    room = max(width - _LOST_TO_WORDS, 1)
    return sum(1 if length < width else -(-length // room) for length in lengths) or 1


def _is_exact(value: Any) -> bool:
    return is_number(value) and bool(-_EXACT <= value <= _EXACT)


def _print_setup(page: Any, title: str) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    # In headers and footers `&` begins a command, and 255 characters are all there is room for.
    page.set_header("&L&B" + title.replace("&", "&&")[:200])
    page.set_footer("&L&A&RPage &P of &N")


def _fitted(shown: str) -> str:
    if len(shown.encode("utf-16-le")) // 2 <= LONGEST_CELL:  # Excel counts UTF-16 units
        return shown
    room = (LONGEST_CELL - len(CUT_MARK)) * 2
    return shown.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore") + CUT_MARK


def _sheet_name(name: str) -> str:
    """`name` as Excel allows it: 31 characters, none of `[]:*?/\\`, no apostrophe at its ends."""
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31].strip("' ") or "Sheet1"
