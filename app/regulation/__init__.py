"""Annexes, the events of their entries, the listings derived from them, and exemptions."""
