"""Tools that know no chemicals: HTTP behaviour, tables in and out. Imports nothing else of app."""
