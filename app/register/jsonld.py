"""A chemical as JSON-LD in the words of schema.org, for search engines and linked data."""

from app.db.engine import Row

_TYPES = {"substance": "MolecularEntity"}


def jsonld(chemical: Row, url: str) -> Row:
    """The chemical with its identifiers; the context is a name, not fetched by anyone here."""
    held: dict[str, list[str]] = {}
    for identifier in chemical["identifiers"]:
        if identifier["role"] != "replaced":
            held.setdefault(identifier["scheme"], []).append(identifier["value"])
    properties = [
        {"@type": "PropertyValue", "propertyID": "CAS RN", "value": number}
        for number in chemical["cas"]
    ]
    document: Row = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(chemical["kind"], "ChemicalSubstance"),
        "@id": url,
        "url": url,
        "name": chemical["name"],
        "identifier": properties,
        "alternateName": sorted({name["name"] for name in chemical["names"]} - {chemical["name"]}),
    }
    if chemical["formula"]:
        document["molecularFormula"] = chemical["formula"]
    for scheme, term in (("inchikey", "inChIKey"), ("inchi", "inChI"), ("smiles", "smiles")):
        if held.get(scheme):
            document[term] = held[scheme][0]
    return document
