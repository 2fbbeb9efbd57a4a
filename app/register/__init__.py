"""What a website reads about a chemical: list, detail, status, timeline, matrix. No tables."""
