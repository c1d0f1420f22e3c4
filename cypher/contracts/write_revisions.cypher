// Make events the revisions of concepts; they were written in the same transaction.
// $rows    list of [snapshot_hash, revision_uri, concept_uri]
// Returns  one row: revisions
// Plan     NodeUniqueIndexSeek on Snapshot.snapshot_hash
UNWIND $rows AS row
MATCH (snapshot:Snapshot {snapshot_hash: row[0]})
SET snapshot:Revision, snapshot.revision_uri = row[1], snapshot.concept_uri = row[2]
RETURN count(snapshot) AS revisions
