"""Tables of chemicals. What is derived for searching stands last and is rebuilt on every write."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, Table, Text

from app.chemicals.vocabularies import (
    CHEMICAL_KIND,
    COMPARATOR,
    COMPLETENESS,
    IDENTIFIER_ROLE,
    IDENTIFIER_SCHEME,
    MEMBER_BY,
    MEMBER_RELATION,
    NAME_KIND,
    RELATION_KIND,
    SCOPE,
    STRENGTH_UNIT,
)
from app.db.schema import KEY, choice, decimal, key, metadata, partial_date, ref, text, text_list
from app.facts.sourcing import cited

chemicals = Table(
    "chemicals",
    metadata,
    key(),
    text("name", required=True),
    choice("kind", CHEMICAL_KIND),
    ref("convention", "conventions", required=False),
    text("formula"),
    text("definition"),
    choice("completeness", COMPLETENESS, required=False),
    text_list("required_elements"),
    text("formulation_type"),
    *cited(),
    # The order of lists: names without regard to case, accents and locant signs.
    Column("sort_name", KEY, nullable=False, index=True, info={"derived": True}),
)

names = Table(
    "names",
    metadata,
    ref("chemical", "chemicals", part_of_key=True),
    text("name", part_of_key=True),
    text("language", part_of_key=True),
    choice("kind", NAME_KIND, part_of_key=True),
    *cited(),
)

identifiers = Table(
    "identifiers",
    metadata,
    ref("chemical", "chemicals", part_of_key=True),
    choice("scheme", IDENTIFIER_SCHEME, part_of_key=True),
    text("value", part_of_key=True),
    choice("role", IDENTIFIER_ROLE, part_of_key=True),
    text("edition"),
    *cited(),
)

memberships = Table(
    "memberships",
    metadata,
    Column(
        "group",
        KEY,
        ForeignKey("chemicals.id", deferrable=True, initially="DEFERRED"),
        primary_key=True,
        info={"ref": "chemicals"},
    ),
    Column(
        "member",
        KEY,
        ForeignKey("chemicals.id", deferrable=True, initially="DEFERRED"),
        primary_key=True,
        index=True,
        info={"ref": "chemicals"},
    ),
    choice("relation", MEMBER_RELATION),
    choice("by", MEMBER_BY),
    ref("convention", "conventions", required=False),
    partial_date("from_on"),
    *cited(),
    CheckConstraint('"group" <> member', name="not_itself"),
)

relations = Table(
    "relations",
    metadata,
    ref("chemical", "chemicals", part_of_key=True),
    choice("kind", RELATION_KIND, part_of_key=True),
    Column(
        "other",
        KEY,
        ForeignKey("chemicals.id", deferrable=True, initially="DEFERRED"),
        primary_key=True,
        index=True,
        info={"ref": "chemicals"},
    ),
    choice("scope", SCOPE, required=False),
    text("scope_difference"),
    *cited(),
    CheckConstraint("chemical <> other", name="not_itself"),
)

ingredients = Table(
    "ingredients",
    metadata,
    ref("formulation", "chemicals", part_of_key=True),
    ref("substance", "chemicals", part_of_key=True),
    choice("comparator", COMPARATOR, required=False),
    decimal("strength"),
    choice("unit", STRENGTH_UNIT, required=False),
    *cited(),
)

# Derived: every name in the form that searches compare, and its three-letter pieces.
name_forms = Table(
    "name_forms",
    metadata,
    Column("id", Integer(), primary_key=True),
    Column(
        "chemical", KEY, ForeignKey("chemicals.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("folded", KEY, nullable=False, index=True),
    Column("name", Text(), nullable=False),
)

name_grams = Table(
    "name_grams",
    metadata,
    Column("gram", KEY, primary_key=True),
    Column("form", Integer(), ForeignKey("name_forms.id", ondelete="CASCADE"), primary_key=True),
)
