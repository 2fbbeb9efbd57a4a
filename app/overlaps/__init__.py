"""Where two conventions or committees look at the same thing. Computed, never typed in."""
