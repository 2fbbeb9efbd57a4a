"""What is said of an overlap: its line at a glance, its nearest meeting, and what it rests on."""

from collections.abc import Mapping
from typing import Any

from app.conventions.queries import Meeting, Reference
from app.db.engine import Row
from app.overlaps.rules import Pair, scope_difference
from app.overlaps.sides import SideOnDay
from app.regulation.queries import Law
from app.regulation.rules import Standing
from app.reviews.rules import Progress, regions_met
from app.reviews.schemas import next_meeting_of
from app.reviews.vocabularies import OUTCOME

# What a committee that finds its candidate listed by the other convention needs together.
_EVIDENCE_DOCUMENTS = ("risk_profile", "rme")


def leading_review(side: SideOnDay) -> Progress | None:
    """The review that says most of where the side stands: an open one, else the one that led to a
    listing, else the newest."""
    order = {"committee": 0, "cop": 1, "waiting": 2, "submitted": 3, "closed": 4}

    def rank(review: Progress) -> tuple[int, bool]:
        return order[review.phase or "closed"], review.outcome != "listed"

    return min(
        sorted(side.reviews, key=lambda r: r.opened_on or "", reverse=True), key=rank, default=None
    )


def nearest_meeting(pair: Pair, ref: Reference) -> Meeting | None:
    """The next meeting that has either side before it."""
    reviews = [*pair.left.reviews, *pair.right.reviews]
    ahead = [m for review in reviews if (m := next_meeting_of(review, ref))]
    return min(
        ahead, key=lambda meeting: (meeting.first_day or "", meeting.row["id"]), default=None
    )


def headline(
    pair: Pair, found: list[str], ref: Reference, law: Law, briefs: Mapping[str, Row]
) -> str:
    """The overlap at a glance, in one line."""
    parts = [
        f"{_names(pair, briefs)}: {_stage(pair.left, ref, law)}; {_stage(pair.right, ref, law)}"
    ]
    cops = {
        meeting.row["label"]: meeting.first_day
        for side in (pair.left, pair.right)
        for review in side.in_phase("cop")
        if (meeting := next_meeting_of(review, ref))
    }
    parts += [f"{label} {day}" for label, day in sorted(cops.items())]
    if pair.strong:
        parts.append("Scope differs" if scope_difference(pair) else "Same scope")
    if "traded_under_exemption" in found:
        parts.append("Trade under exemption open")
    if "guidelines_due" in found:
        parts.append("Waste guidelines due")
    parts.append(f"Last change {_last_change(pair)}")
    return ". ".join(parts)


def _names(pair: Pair, briefs: Mapping[str, Row]) -> str:
    names = dict.fromkeys(briefs[side.side.chemical]["name"] for side in (pair.left, pair.right))
    return " / ".join(names)


def _stage(side: SideOnDay, ref: Reference, law: Law) -> str:
    """Where one side stands: its review with category and regions, its annexes."""
    said = []
    lead = leading_review(side)
    if lead and lead.state:
        label = str(lead.file.procedure.states[lead.state]["label"])
        if not lead.open and lead.outcome:
            label = OUTCOME[lead.outcome].label
        extra = [lead.file.row["category"] or "", *regions_met(lead, ref)]
        detail = ", ".join(text.replace("_", " ") for text in extra if text)
        body = ref.bodies[lead.file.row["body"]]["label"]
        said.append(f"{body}: {label.lower()}" + (f" ({detail})" if detail else ""))
    annexes: dict[str, str] = {}
    for standing in side.listed():
        code = law.annexes[standing.entry.row["annex"]]["code"]
        since = standing.added["in_force_on"] if standing.state == "in_force" else None
        when = f"in force {since}" if since else f"adopted {standing.added['adopted_on']}"
        annexes[code] = min(annexes.get(code, when), when)
    name = ref.conventions[side.side.convention]["short_name"].removesuffix(" Convention")
    said += [f"{name} {code} {when}" for code, when in annexes.items()]
    return ", ".join(said) or f"{name}: no entry stands"


def _last_change(pair: Pair) -> str:
    days = [
        *(
            when
            for side in (pair.left, pair.right)
            for r in side.reviews
            for when, _, _ in r.events
        ),
        *(
            e["counts_from"]
            for side in (pair.left, pair.right)
            for s in side.standings
            for e in s.events
        ),
    ]
    return max(days, default=pair.day)


def evidence(pair: Pair, found: list[str], ref: Reference, law: Law) -> list[Row]:
    """What the overlap rests on; for a candidate that the other side lists, its whole file."""
    rows = []
    for side in (pair.left, pair.right):
        rows += [
            _first_day(side, review, ref)
            for review in side.before_committee()
            if review.committee_spans()
        ]
        rows += [_listed(standing, ref, law) for standing in side.standings]
        rows += [_guidelines(s, duty, ref) for s in side.listed() for duty in s.entry.duties]
    if any(name.endswith("_and_listed") for name in found):
        for candidate, listed in pair.each_way:
            if listed.listed() and any(review.open for review in candidate.reviews):
                rows += _listed_elsewhere(candidate, listed, ref)
    return rows


def _row(kind: str, convention: str | None, text: str, sources: list[Row], **where: Any) -> Row:
    return {
        "kind": kind,
        "convention": convention,
        "text": text,
        "review": where.get("review"),
        "listing": where.get("listing"),
        "document": where.get("document"),
        "sources": sources,
    }


def _first_day(side: SideOnDay, review: Progress, ref: Reference) -> Row:
    span = review.committee_spans()[0]
    first = next(
        (
            e
            for _, e, _ in review.events
            if e["meeting"] and ref.meetings[e["meeting"]].row["body"] == review.file.row["body"]
        ),
        None,
    )
    where = f" at {ref.meeting_label(first['meeting'])}" if first else ""
    text = f"{ref.bodies[review.file.row['body']]['label']} first had it on {span.since}{where}."
    return _row(
        "first_committee_day",
        side.side.convention,
        text,
        ref.cite(first or review.file.row),
        review=review.file.id,
    )


def _listed(standing: Standing, ref: Reference, law: Law) -> Row:
    added = standing.added
    annex = law.annexes[standing.entry.row["annex"]]
    decision = ref.symbol(added["decision"])
    force = (
        f", in force {added['in_force_on']}" if added["in_force_on"] else ", day in force not held"
    )
    by = f" by {decision}" if decision else ""
    text = f"Annex {annex['code']}: adopted {added['adopted_on']}{by}{force}."
    if standing.ended:
        text += f" Removed {standing.ended['in_force_on']}."
    return _row(
        "listing", standing.entry.convention, text, ref.cite(added), listing=standing.entry.id
    )


def _guidelines(standing: Standing, duty: Row, ref: Reference) -> Row:
    """The newest guidelines that the duty asks for, or that none are held."""
    held = [
        g
        for g in standing.entry.guidelines
        if g["convention"] == duty["asked_of"]
        and g["adopted_on"]
        and g["adopted_on"] <= standing.day
    ]
    name = ref.conventions[duty["asked_of"]]["short_name"]
    if not held:
        text = f"No technical guidelines of the {name} are held for it."
        return _row("guidelines", duty["asked_of"], text, ref.cite(duty), listing=standing.entry.id)
    newest = max(held, key=lambda g: (g["adopted_on"], g["id"]))
    content = newest["low_pop_content"]
    text = f"Technical guidelines of the {name}, adopted {newest['adopted_on']}"
    text += f", low POP content {content} ({newest['low_pop_status']})." if content else "."
    document = ref.symbol(newest["document"])
    return _row(
        "guidelines",
        duty["asked_of"],
        text,
        ref.cite(newest),
        listing=standing.entry.id,
        document=document,
    )


def _listed_elsewhere(candidate: SideOnDay, listed: SideOnDay, ref: Reference) -> list[Row]:
    """Risk profile, evaluation, open exemptions, trade rule, and the caution about them."""
    convention = ref.conventions[listed.side.convention]
    rows = []
    for review in listed.reviews:
        for _, event, _ in review.events:
            document = ref.documents[event["document"]] if event["document"] else None
            if document and document["kind"] in _EVIDENCE_DOCUMENTS:
                rows.append(
                    _row(
                        document["kind"],
                        convention["id"],
                        document["title"],
                        ref.cite(document),
                        review=review.file.id,
                        document=document["symbol"],
                    )
                )
    for standing in listed.listed():
        for row in standing.open_exemptions():
            text = f"{row['kind'].replace('_', ' ')} for {row['activity']}: {row['text']}"
            rows.append(
                _row(
                    "open_exemption",
                    convention["id"],
                    text,
                    ref.cite(row),
                    listing=standing.entry.id,
                )
            )
    if convention["trade_rule"]:
        rows.append(
            _row("trade_rule", convention["id"], convention["trade_rule"], ref.cite(convention))
        )
    for review in candidate.reviews:
        caution = review.file.procedure.row["evidence_caution"]
        if review.open and caution:
            rows.append(
                _row(
                    "caution",
                    candidate.side.convention,
                    caution,
                    ref.cite(review.file.procedure.row),
                    review=review.file.id,
                )
            )
            break
    return rows
