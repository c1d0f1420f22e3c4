// Which bytes were registered as more than one version?
// Returns  one row an artifact, the most versions first: sha256, size, versions (model:version, in the order in which they came), stages
// Plan     NodeByLabelScan on Artifact, then Expand along STORED_AS
MATCH (artifact:Artifact)<-[:STORED_AS]-(version:ModelVersion)
WITH artifact, version ORDER BY version.arrival
WITH artifact, collect(version.name) AS versions, collect(version.stage) AS stages
WHERE size(versions) > 1
RETURN artifact.key AS sha256, artifact.size AS size, versions, stages
ORDER BY size(versions) DESC, sha256
