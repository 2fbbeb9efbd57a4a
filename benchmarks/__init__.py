"""What README and docs/performance.md quote. `python -m benchmarks` runs all of it."""
