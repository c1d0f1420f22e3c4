// Which event is the n-th of a model? Two at one place would be two histories.
CREATE CONSTRAINT constraint_unique_Snapshot_sequence IF NOT EXISTS FOR (snapshot:Snapshot) REQUIRE (snapshot.model_hash, snapshot.sequence) IS UNIQUE
