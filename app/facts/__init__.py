"""The one road for every fact: read rows, plan, apply as one revision. Nothing else writes one."""
