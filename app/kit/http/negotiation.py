"""Which format an answer takes: `?format=` wins, then `Accept` (RFC 9110, 12.5), then the first."""

import re
from collections.abc import Iterable, Mapping, Sequence

from app.kit.http.problems import invalid_parameter, not_acceptable

JSON = "application/json"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NDJSON = "application/x-ndjson"
JSONLD = "application/ld+json"
MEDIA_TYPES: Mapping[str, str] = {
    "json": JSON,
    "csv": CSV,
    "xlsx": XLSX,
    "ndjson": NDJSON,
    "jsonld": JSONLD,
}

# What any answer of the service may turn on; the byte cache tells Accept headers apart by these.
KNOWN = (
    *MEDIA_TYPES.values(),
    "text/html",
    "application/xhtml+xml",
    "application/atom+xml",
    "application/feed+json",
    "text/calendar",
    "image/svg+xml",
)

_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_PARAMETER = rf'\s*;\s*(?:({_WORD})=({_WORD}|"(?:[^"\\]|\\.)*")|({_WORD})|(?=\s*(?:[;,]|$)))'
_RANGE = re.compile(rf"\s*({_WORD}/{_WORD})((?:{_PARAMETER})*)\s*(?:,|$)")
_EACH = re.compile(_PARAMETER)
_QUALITY = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?")


def choose(request_format: str | None, accept: str | None, offered: Sequence[str]) -> str:
    """The name of the format to answer in, one of `offered` (the first is the default).

    Raises Problem 422 on `format` for one not offered, 406 when `accept` allows none of them or is
    malformed.
    """
    if request_format is not None:
        if request_format not in offered:
            raise invalid_parameter(
                "format", "not_in_vocabulary", f"Offered here: {', '.join(offered)}."
            )
        return request_format
    media = [MEDIA_TYPES[name] for name in offered]
    try:
        ranges = parse(accept)
    except ValueError as error:
        raise not_acceptable(media, f"{error} Offered here: {', '.join(media)}.") from None
    # max() keeps the first of equals, so the server's order decides between equal wishes.
    best = max(offered, key=lambda name: quality(ranges, MEDIA_TYPES[name]))
    if quality(ranges, MEDIA_TYPES[best]) == 0:
        raise not_acceptable(media)
    return best


def parse(accept: str | None) -> dict[str, float]:
    """Media ranges with their weights; ValueError for what is no Accept header.

    None and an empty header accept anything. Parameters other than `q` are not told apart.
    """
    ranges: dict[str, float] = {}
    text = (accept or "").strip(" \t,")
    place = 0
    while place < len(text):
        found = _RANGE.match(text, place)
        if found is None or (found[1].startswith("*/") and found[1] != "*/*"):
            raise ValueError("The Accept header is malformed.")
        kind, weight = found[1].lower(), _weight(found[2])
        ranges[kind] = max(weight, ranges.get(kind, 0.0))
        place = found.end()
        while place < len(text) and text[place] in ", \t":  # empty elements are to be ignored
            place += 1
    return ranges or {"*/*": 1.0}


def _weight(parameters: str) -> float:
    for name, value, _bare in _EACH.findall(parameters):
        if name.lower() == "q":
            if not _QUALITY.fullmatch(value):
                raise ValueError("The Accept header has a weight outside 0 to 1.")
            return float(value)
    return 1.0


def quality(ranges: Mapping[str, float], media: str) -> float:
    """How welcome `media` is: the most specific range that names it decides; 0 is not at all."""
    for kind in (media, media.partition("/")[0] + "/*", "*/*"):
        if kind in ranges:
            return ranges[kind]
    return 0.0


def fingerprint(accept: str | None, known: Iterable[str] = KNOWN) -> str:
    """Equal for Accept headers that cannot lead to different choices among `known`."""
    try:
        ranges = parse(accept)
    except ValueError:
        return "malformed"
    return ",".join(f"{quality(ranges, media):g}" for media in known)


def language(accept_language: str | None, offered: Sequence[str]) -> str:
    """The one of `offered` that the header wants most, the first if none; never an error."""
    if len(offered) == 1 or not accept_language:
        return offered[0]
    wishes: dict[str, float] = {}
    for item in accept_language.lower().split(","):
        tag, _, rest = item.partition(";")
        weight = rest.strip().removeprefix("q=")
        wishes[tag.strip()] = float(weight) if _QUALITY.fullmatch(weight) else 1.0
    return max(offered, key=lambda tag: _wish(wishes, tag.lower()))


def _wish(wishes: Mapping[str, float], tag: str) -> float:
    # `en-GB` is content with `en`: only the first subtag is compared where nothing names it fully.
    first = tag.partition("-")[0]
    near = [weight for wish, weight in wishes.items() if wish.partition("-")[0] == first]
    return wishes.get(tag, max(near) if near else wishes.get("*", 0.0))
