DECLARE dummy INT64;

CREATE TEMP TABLE
  counts(dataset STRING, row_count INT64);

FOR record IN (SELECT schema_name FROM `acme-data.INFORMATION_SCHEMA.SCHEMATA`)
DO
  EXECUTE IMMEDIATE
    CONCAT("INSERT counts SELECT '", record.schema_name, "', 1; FROM ", record.schema_name);
END FOR;

MERGE
  `acme-data.monitoring_derived.partition_counts_v1` AS target
USING
  (SELECT * FROM Counts JOIN `acme-data.monitoring.thresholds` USING (dataset)) AS source
ON
  target.dataset = source.dataset
WHEN NOT MATCHED
THEN
  INSERT ROW;
