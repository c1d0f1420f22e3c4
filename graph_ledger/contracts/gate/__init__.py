"""The change gate: is a state of a contract compatible with those before it?"""
