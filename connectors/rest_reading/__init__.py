"""How the pages and items of a REST interface are read; rest.py is the way in."""
