"""Procedures as data, submissions, findings, reviews with their events, and work items."""
