"""Is this chemical covered, and why: four answers, never plain "not listed"."""
