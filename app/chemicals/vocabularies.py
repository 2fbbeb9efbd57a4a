"""Closed lists that describe chemicals."""

from app.facts.vocabulary import Vocabulary

CHEMICAL_KIND = Vocabulary(
    "chemical_kind",
    "What a chemical is",
    {
        "substance": ("Substance", "One structure."),
        "mixture": ("Mixture", "A commercial or technical mixture, isomer mixtures too."),
        "group": ("Group", "Several substances that a treaty names by a common trait."),
        "formulation": (
            "Formulation",
            "One or more active ingredients of given strength and type.",
        ),
        "waste": ("Waste", "A waste stream or waste code."),
    },
)

COMPLETENESS = Vocabulary(
    "completeness",
    "What a group's member list is worth",
    {
        "exhaustive": ("Exhaustive", "Every member is in the list."),
        "indicative": ("Indicative", "The list gives examples; others belong too."),
        "open": ("Open", "The definition decides; no list can be whole."),
    },
)

IDENTIFIER_SCHEME = Vocabulary(
    "identifier_scheme",
    "Whose identifier it is",
    {
        "cas": ("CAS RN", "CAS Registry Number."),
        "ec": ("EC number", "EINECS, ELINCS or NLP number."),
        "inchi": ("InChI", "IUPAC International Chemical Identifier."),
        "inchikey": ("InChIKey", "Hash of the standard InChI."),
        "smiles": ("SMILES", "Structure as a line of text."),
        "hs": ("HS code", "Harmonized System code of the edition given."),
        "un": ("UN number", "UN number for the transport of dangerous goods."),
    },
)

IDENTIFIER_ROLE = Vocabulary(
    "identifier_role",
    "What an identifier is to the chemical",
    {
        "preferred": ("Preferred", "The one to use."),
        "printed": ("Printed", "Printed in a treaty's entry for exactly this chemical."),
        "alternative": ("Alternative", "Also in use."),
        "replaced": ("Replaced", "Withdrawn by its issuer in favour of another."),
    },
)

NAME_KIND = Vocabulary(
    "name_kind",
    "What a name is",
    {
        "treaty_name": ("Treaty name", "As a treaty prints it."),
        "preferred_name": ("Preferred name", "The one this service shows."),
        "synonym": ("Synonym", "Also in use, abbreviations too."),
        "trade_name": ("Trade name", "Used in commerce."),
    },
)

MEMBER_RELATION = Vocabulary(
    "member_relation",
    "How a chemical belongs to a group",
    {
        "isomer": ("Isomer", "An isomer of the group's parent."),
        "salt": ("Salt", "A salt of the group's parent."),
        "ester": ("Ester", "An ester of the group's parent."),
        "homologue": ("Homologue", "Another member of the same series."),
        "related_compound": (
            "Related compound",
            "Covered because it degrades to the parent, or as the definition says.",
        ),
        "constituent": ("Constituent", "The parent itself, or a part of the mixture."),
    },
)

MEMBER_BY = Vocabulary(
    "member_by",
    "Who says that a chemical belongs to a group",
    {
        "treaty_text": ("Treaty text", "Named or numbered in the entry or its notes."),
        "indicative_list": ("Indicative list", "A list of examples by a body of the convention."),
        "this_service": ("This service", "Follows from the definition; not in the treaty's words."),
    },
)

RELATION_KIND = Vocabulary(
    "relation_kind",
    "How two chemicals are related beyond membership",
    {
        "formulation_of": ("Formulation of", "Holds the other as an active ingredient."),
        "commercial_mixture_containing": (
            "Commercial mixture containing",
            "A product that holds the other.",
        ),
        "transformation_product_of": (
            "Transformation product of",
            "Formed from the other in the environment.",
        ),
        "precursor_of": ("Precursor of", "Turns into the other."),
        "impurity_of": ("Impurity of", "An unintended part of the other."),
        "isomer_mixture_of": ("Isomer mixture of", "A mixture of isomers, the other among them."),
        "counterpart_of": ("Counterpart of", "Another convention's group for the same thing."),
    },
)

SCOPE = Vocabulary(
    "scope",
    "How one convention's group compares with its counterpart",
    {
        "same": ("Same", "Both cover the same substances."),
        "narrower": ("Narrower", "Covers less than the counterpart."),
        "wider": ("Wider", "Covers more than the counterpart."),
        "overlapping": ("Overlapping", "Each covers something that the other does not."),
    },
)

COMPARATOR = Vocabulary(
    "comparator",
    "How a strength is compared",
    {
        ">": ("More than", "Above the strength given."),
        ">=": ("At or above", "The strength given or more."),
        "=": ("Exactly", "The strength given."),
        "<=": ("At or below", "The strength given or less."),
        "<": ("Less than", "Below the strength given."),
    },
)

STRENGTH_UNIT = Vocabulary(
    "strength_unit",
    "Unit of a formulation's strength",
    {
        "g/L": ("g/L", "Grams of active ingredient per litre."),
        "g/kg": ("g/kg", "Grams of active ingredient per kilogram."),
        "%": ("%", "Per cent of active ingredient by weight."),
    },
)
