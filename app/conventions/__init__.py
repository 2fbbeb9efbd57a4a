"""The reference lists: conventions, bodies, meetings, documents, Parties, sources, vocabularies."""
