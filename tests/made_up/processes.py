"""The environment of processes that tests start."""

import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def environment(url: str | None = None) -> dict[str, str]:
    """This process's, on that database; compiled modules are kept, or each start costs seconds."""
    found = {k: v for k, v in os.environ.items() if k != "SYNERGIES_DATABASE_URL"}
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    found |= {
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": f"{tempfile.gettempdir()}/synergies-tests-{os.getuid()}",
        "COLUMNS": "80",
    }
    return found | ({"DATABASE_URL": url} if url else {})
