// Which runs of one source came after a moment? Read for every observation that comes late.
CREATE INDEX index_Run_source_key_observed_at IF NOT EXISTS FOR (run:Run) ON (run.source_key, run.observed_at)
