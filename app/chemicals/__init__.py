"""Chemicals of all five kinds with names, identifiers, memberships and relations."""
