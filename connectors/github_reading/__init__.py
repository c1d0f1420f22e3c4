"""How projects are read from GitHub's contents; github.py is the way in."""
