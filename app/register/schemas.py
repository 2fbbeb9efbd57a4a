"""Chemicals on the wire, as a website reads them."""

from app.conventions.schemas import ChemicalBrief, SourceCited, Wire
from app.coverage.schemas import StatusOut
from app.overlaps.schemas import OverlapOut
from app.regulation.schemas import ListingOut
from app.reviews.schemas import ReviewOut


class Flags(Wire):
    """True when any overlap of the chemical, or of a group that holds it, says so."""

    considered_by_both: bool
    concurrent: bool
    listed_in_both: bool
    in_committee_and_listed: bool
    pending_at_cop_and_listed: bool


class MatchOut(Wire):
    """Why a search found the chemical."""

    name: str
    score: float


class ChemicalItem(ChemicalBrief):
    """A chemical in a list; `listings` and `reviews` are its own."""

    formula: str | None
    completeness: str | None
    listings: list[str]
    reviews: list[str]
    flags: Flags
    match: MatchOut | None


class NameOut(Wire):
    """A name with its language."""

    name: str
    language: str
    kind: str
    sources: list[SourceCited]


class IdentifierOut(Wire):
    """An identifier with its role."""

    scheme: str
    value: str
    role: str
    edition: str | None
    sources: list[SourceCited]


class MembershipOut(Wire):
    """A group that holds the chemical."""

    group: ChemicalBrief
    relation: str
    by: str
    convention: str | None
    sources: list[SourceCited]


class MemberOut(Wire):
    """A member of the group."""

    member: ChemicalBrief
    relation: str
    by: str
    convention: str | None
    sources: list[SourceCited]


class RelationOut(Wire):
    """`chemical` `kind` `other`; `scope` compares counterparts."""

    chemical: ChemicalBrief
    kind: str
    other: ChemicalBrief
    scope: str | None
    scope_difference: str | None
    sources: list[SourceCited]


class ViaListing(ListingOut):
    """A listing; `via_group` names the group through which it reaches the chemical."""

    via_group: str | None


class ViaReview(ReviewOut):
    """A review; `via_group` names the group through which it reaches the chemical."""

    via_group: str | None


class ViaOverlap(OverlapOut):
    """An overlap; `via_group` names the group through which it reaches the chemical."""

    via_group: str | None


class ChemicalOut(ChemicalBrief):
    """One chemical whole."""

    convention: str | None
    formula: str | None
    definition: str | None
    completeness: str | None
    required_elements: list[str]
    formulation_type: str | None
    names: list[NameOut]
    identifiers: list[IdentifierOut]
    memberships: list[MembershipOut]
    members: list[MemberOut]
    relations: list[RelationOut]
    status: dict[str, StatusOut]
    listings: list[ViaListing]
    reviews: list[ViaReview]
    overlaps: list[ViaOverlap]
    flags: Flags
    external_ids: list[str]
    sources: list[SourceCited]


class StatusItem(Wire):
    """A chemical with its status under each convention asked."""

    chemical: ChemicalBrief
    conventions: dict[str, StatusOut]


class TimelineEvent(Wire):
    """Something that happened to a chemical under a convention."""

    on: str | None
    convention: str
    kind: str
    text: str
    meeting: str | None
    decision: str | None
    document: str | None
    review: str | None
    listing: str | None
    via_group: str | None
    sources: list[SourceCited]


class CellOut(Wire):
    """Where a chemical stands in one column."""

    label: str
    state: str
    since: str | None
    reviews: list[str]
    listings: list[str]


class MatrixRow(Wire):
    """One chemical across conventions and committees; empty cells are absent."""

    chemical: ChemicalBrief
    cells: dict[str, CellOut]


class QualityOut(Wire):
    """How far one table can be trusted, for one convention."""

    id: str
    table: str
    convention: str | None
    rows: int
    sourced: int
    seen: int
    high: int
    medium: int
    low: int
    missing: list[str]


class VocabularyTerm(Wire):
    """A term on the wire."""

    value: str
    label: str
    definition: str


class VocabularyOut(Wire):
    """A closed list."""

    id: str
    title: str
    terms: list[VocabularyTerm]


class Candidate(Wire):
    """A chemical that an identifier can mean, and why."""

    chemical: ChemicalBrief
    role: str
    reason: str
    url: str
