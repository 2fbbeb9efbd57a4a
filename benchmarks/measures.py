"""What is measured. Figures that are compared come from rounds that take turns (A B A B ...)."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import endpoints, servers
from benchmarks.endpoints import API
from benchmarks.load import Load, press
from benchmarks.servers import Server
from benchmarks.statements import Recorder, as_datasette

ROUNDS = 7
STARTS = 5
SECONDS = 1.0
GZIP = {"Accept-Encoding": "gzip"}
DETAIL = f"{API}/chemicals/endosulfan"
LISTS = {
    "/chemicals": f"{API}/chemicals",
    "/chemicals?q=chlorpirifos": f"{API}/chemicals?q=chlorpirifos",
    "/listings": f"{API}/listings",
    "/listings?limit=500": f"{API}/listings?limit=500",
    "/reviews": f"{API}/reviews",
    "/status?convention=stockholm": f"{API}/status?convention=stockholm",
    "/matrix": f"{API}/matrix",
    "/overlaps": f"{API}/overlaps",
    "/overlaps?as_of=2012-03-01": f"{API}/overlaps?as_of=2012-03-01",
}
ENDPOINT_REQUESTS = 2000


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the report. `met` is None where there is no target."""

    what: str
    measured: str
    target: str = ""
    met: bool | None = None
    absolute: str = ""


def in_turns(sides: Sequence[Callable[[], Load]]) -> list[list[Load]]:
    """The rounds of each side, measured one after another, round by round; one to warm up."""
    for side in sides:
        side()
    rounds = [[side() for side in sides] for _ in range(ROUNDS)]
    return [list(loads) for loads in zip(*rounds, strict=True)]


def ratio(ours: Iterable[Load], theirs: Iterable[Load]) -> float:
    """The median over the rounds: a slow moment of the machine falls on both sides of one."""
    return median(a.rate / b.rate for a, b in zip(ours, theirs, strict=True))


def rates(ours: Sequence[Load], theirs: Sequence[Load], name: str) -> str:
    """The absolute figures of a comparison."""
    a, b = median(x.rate for x in ours), median(x.rate for x in theirs)
    return f"{a:,.0f}/s, p99 {median(x.p99 for x in ours):.1f} ms; {name} {b:,.0f}/s"


def repeated(database: Path, folder: Path) -> list[Figure]:
    """The same GET again and again, beside a bare ASGI application sending the same bytes."""
    cases: list[tuple[str, str, Mapping[str, str]]] = [
        ("GET /chemicals/{id}, again", DETAIL, GZIP),
        ("the same without gzip", DETAIL, {}),
        ("GET /listings, again", f"{API}/listings", GZIP),
        ("GET /matrix, again", f"{API}/matrix", GZIP),
    ]
    found = []
    with ExitStack() as stack:
        ours = stack.enter_context(servers.synergies(database))
        etag = dict(ours.get(DETAIL, GZIP).headers)["etag"]
        cases.append(("304 for /chemicals/{id}", DETAIL, {**GZIP, "If-None-Match": etag}))
        for what, path, headers in cases:
            with servers.bare(ours.get(path, headers), folder) as theirs:
                a, b = in_turns([_asking(side, [path], headers) for side in (ours, theirs)])
            told = f"{ratio(a, b):.2f} of bare ASGI"
            met = ratio(a, b) >= 0.6
            found.append(Figure(what, told, "≥ 0.6", met, rates(a, b, "bare")))
    return found


def _asking(
    server: Server, paths: Sequence[str], headers: Mapping[str, str] | None = None
) -> Callable[[], Load]:
    return lambda: press(server.base, paths, seconds=SECONDS, headers=headers)


def unrepeated_detail(database: Path, copy: Path) -> list[Figure]:
    """Details of all chemicals in turn without byte cache, beside Datasette and the same SQL."""
    with servers.synergies(database, cache_megabytes="0") as ours:
        paths = [f"{API}/chemicals/{key}" for key in endpoints.ids(ours, "chemicals")]
        recorder = Recorder(database)
        asked = [recorder.warm(path) for path in paths]
        recorder.close()
        least, most = min(map(len, asked)), max(map(len, asked))
        sql = [as_datasette(s, copy.stem) for statements in asked for s in statements]
        with servers.datasette(copy) as theirs:
            _check(theirs, sql[:most])
            a, b = in_turns([_asking(ours, paths), _asking(theirs, sql)])
        alone = press(ours.base, paths, seconds=2, connections=1)
    each = len(sql) / len(paths)
    b = [Load(load.rate / each, load.p50, load.p99) for load in b]
    found = ratio(a, b)
    absolute = f"{rates(a, b, 'Datasette')}; alone {alone.p50:.1f} ms"
    many = f"{least}" if least == most else f"{least} to {most}"
    return [
        Figure(
            f"GET /chemicals/{{id}}, {len(paths)} in turn, no byte cache",
            f"{found:.1f} × Datasette",
            "≥ 2",
            found >= 2,
            absolute,
        ),
        Figure("SQL queries of one warm detail", many),
    ]


def _check(server: Server, paths: Iterable[str]) -> None:
    for path in paths:
        answer = server.get(path)
        if answer.status != 200 or not answer.body.startswith(b"["):
            raise RuntimeError(f"Datasette does not run {path}: {answer.body[:300]!r}")


def unrepeated_lists(database: Path) -> list[Figure]:
    """Lists without byte cache: 16 connections, and one alone."""
    found = []
    with servers.synergies(database, cache_megabytes="0") as ours:
        for what, path in LISTS.items():
            size = len(ours.get(path).body) / 1000
            many = press(ours.base, [path], seconds=1)
            alone = press(ours.base, [path], seconds=1, connections=1)
            told = f"{alone.p50:.1f} ms alone"
            absolute = f"{many.rate:,.0f}/s, p99 {many.p99:.0f} ms; {size:,.0f} kB"
            found.append(Figure(f"GET {what}, no byte cache", told, absolute=absolute))
    return found


def queries(database: Path) -> list[Figure]:
    """How many SELECTs a warm list runs for a page of 1 and of 500 rows."""
    recorder = Recorder(database)
    counts = {}
    for what, path in LISTS.items():
        bare_path = path.partition("?limit")[0]
        mark = "&" if "?" in bare_path else "?"
        counts[what] = [len(recorder.warm(f"{bare_path}{mark}limit={n}")) for n in (1, 500)]
    recorder.close()
    told = [
        f"{path} {few} and {many}" for path, (few, many) in counts.items() if "limit" not in path
    ]
    most = max(many for _, many in counts.values())
    return [
        Figure(
            "SQL queries of a list, page of 1 and of 500",
            f"at most {most}",
            "fixed",
            most <= 10,
            "; ".join(told),
        )
    ]


def start_up(folder: Path) -> tuple[list[Figure], Path]:
    """From the start of the process to the first 200 of /readyz: empty, then loaded; memory."""
    database = folder / "loaded.sqlite3"
    with servers.synergies(database) as first:
        loaded = first.ready_after
    times = []
    for _ in range(STARTS):
        with servers.synergies(database) as again:
            times.append(again.ready_after)
    with servers.synergies(database) as server:
        idle = server.rss()
        for path in endpoints.everything(server):
            if server.get(path).status >= 400:
                raise RuntimeError(f"{path} fails")
        keys = endpoints.ids(server, "chemicals")
        days = ["", *(f"?as_of={year}-03-01" for year in range(1990, 2030, 3))]
        paths = [
            f"{API}/chemicals/{key}{under}{day}"
            for day in days
            for under in ("", "/status", "/timeline")
            for key in keys
        ]
        began = time.perf_counter()
        for path in paths[:: len(paths) // ENDPOINT_REQUESTS][:ENDPOINT_REQUESTS]:
            server.get(path)
        took = time.perf_counter() - began
        busy = server.rss()
    start = median(times)
    return [
        Figure(
            "Start with data loaded, to the first /readyz 200",
            f"{start:.1f} s",
            "< 3 s",
            start < 3,
            f"{min(times):.1f} to {max(times):.1f} s",
        ),
        Figure(
            "First start: migrate, load the seed data", f"{loaded:.1f} s", "< 30 s", loaded < 30
        ),
        Figure(
            f"Memory after every endpoint and {ENDPOINT_REQUESTS:,} different requests",
            f"{busy:.0f} MB",
            "< 200 MB",
            busy < 200,
            f"{idle:.0f} MB before; the requests took {took:.0f} s one by one",
        ),
    ], database


def copied(database: Path, folder: Path) -> Path:
    """A copy in one file, for Datasette."""
    copy = folder / "facts.sqlite3"
    connection = sqlite3.connect(database)
    connection.execute("VACUUM INTO ?", (str(copy),))
    connection.close()
    return copy
