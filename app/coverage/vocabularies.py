"""The answers of coverage and what they rest on."""

from app.facts.vocabulary import Vocabulary

ANSWER = Vocabulary(
    "coverage_answer",
    "Whether a convention covers a chemical, strongest first",
    {
        "listed_directly": ("Listed directly", "An entry's own subject is this chemical."),
        "listed_by_group": (
            "Listed by group",
            "An entry's group, mixture or printed number covers it.",
        ),
        "possibly_covered": ("Possibly covered", "It turns on a fact that is not known here."),
        "no_entry_found": (
            "No entry found",
            "Nothing was found; open groups could still cover it.",
        ),
    },
)

BASIS = Vocabulary(
    "coverage_basis",
    "How the chemical relates to the entry that covers it",
    {
        "direct": ("Direct", "The entry's own subject."),
        "isomer": ("Isomer", "As an isomer."),
        "salt": ("Salt", "As a salt."),
        "ester": ("Ester", "As an ester."),
        "homologue": ("Homologue", "As a homologue."),
        "related_compound": ("Related compound", "As a related compound."),
        "constituent": ("Constituent", "As, or through, a constituent."),
        "formulation": ("Formulation", "As an active ingredient of a formulation."),
    },
)

BY = Vocabulary(
    "coverage_by",
    "What shows it",
    {
        "printed_cas": ("Printed CAS RN", "Its number stands in the entry."),
        "member_list": ("Member list", "A sourced membership or relation says so."),
        "structure_rule": ("Structure rule", "Its structure meets the entry's definition."),
        "name": ("Name", "The entry names it."),
    },
)
