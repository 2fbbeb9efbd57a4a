"""What can be wrong with a table."""


class TabularError(ValueError):
    """A table that cannot be read or written as it is.

    `row` counts as a spreadsheet shows it (the header is row 1); None where the whole file is
    meant. `column` is the header's name, where one cell is meant.
    """

    def __init__(self, message: str, row: int | None = None, column: str | None = None) -> None:
        self.message = message
        self.row = row
        self.column = column
        place = [f"row {row}"] if row is not None else []
        place += [f"column {column}"] if column is not None else []
        super().__init__(f"{', '.join(place)}: {message}" if place else message)
