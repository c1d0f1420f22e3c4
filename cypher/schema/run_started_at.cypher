// Which runs began last? Read by whoever looks after the schedule.
CREATE INDEX index_Run_started_at IF NOT EXISTS FOR (run:Run) ON (run.started_at)
