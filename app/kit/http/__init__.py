"""How every answer of the service behaves: problems, edge, byte cache, negotiation, paging."""
