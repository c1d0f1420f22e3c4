"""The peer: what a user would pick instead, in a virtual environment and a process of its own."""
