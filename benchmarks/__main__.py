"""Run every benchmark and print a Markdown table. Needs the development environment."""

import os
import platform
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from benchmarks import load, measures
from benchmarks.measures import Figure

_WITHOUT_WRK = (
    "**wrk was not found** (Debian, Ubuntu: apt-get install wrk). The small Python client that\n"
    "stood in for it is slower than the fastest servers here: ratios against bare ASGI are too\n"
    "near 1. Do not quote them."
)


def main() -> int:
    """Measure, print, and fail if a target is missed."""
    began = time.perf_counter()
    found: list[Figure] = []

    def add(figures: list[Figure]) -> None:
        found.extend(figures)
        for figure in figures:
            print(f"{figure.what}: {figure.measured}", file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures, database = measures.start_up(folder)
        add(figures)
        add(measures.repeated(database, folder))
        add(measures.unrepeated_detail(database, measures.copied(database, folder)))
        add(measures.unrepeated_lists(database))
        add(measures.queries(database))
    print(report(found, time.perf_counter() - began))
    return int(any(figure.met is False for figure in found))


def report(found: list[Figure], seconds: float) -> str:
    """The table, with what it was measured on."""
    lines = ["| What | Measured | Target | Met | Absolute |", "|---|--:|--:|:-:|---|"]
    mark = {True: "yes", False: "**no**", None: ""}
    lines += [
        f"| {f.what} | {f.measured} | {f.target} | {mark[f.met]} | {f.absolute} |" for f in found
    ]
    versions = (
        f"Python {platform.python_version()}, FastAPI {version('fastapi')}, "
        f"uvicorn {version('uvicorn')}, Datasette {version('datasette')}"
    )
    generator = "wrk -t1" if load.WRK else "the Python client"
    told = (
        f"{os.cpu_count()} cores, {platform.system()}, {versions}; {generator}, "
        f"{load.CONNECTIONS} kept connections, medians of {measures.ROUNDS} rounds in turns; "
        f"{seconds:.0f} s in all."
    )
    return "\n".join([*lines, "", told, *([] if load.WRK else ["", _WITHOUT_WRK])])


if __name__ == "__main__":
    sys.exit(main())
