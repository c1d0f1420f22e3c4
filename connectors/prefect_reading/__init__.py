"""How deployments are read from Prefect's pages; prefect.py is the way in."""
