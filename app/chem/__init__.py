"""Pure chemistry: numbers, keys, names and formulas. No I/O, and nothing else of `app`.

`structures` needs RDKit, which is optional; every other module works without it.
"""
