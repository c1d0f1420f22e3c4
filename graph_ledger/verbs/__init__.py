"""The verbs of a Ledger, by what they are about; each hands its question to its room, and holds no loop and no Cypher."""
