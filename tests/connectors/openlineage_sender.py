"""A program for OpenLineage's own client: a job that loads, a job that sums up, a table and a job that are only told of."""

PROGRAM = """
import json, sys
from datetime import datetime, timezone
from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import Dataset, DatasetEvent, InputDataset, Job, JobEvent, OutputDataset, Run, RunEvent, RunState
from openlineage.client.facet_v2 import column_lineage_dataset as columns, documentation_job, job_type_job, ownership_job, parent_run
from openlineage.client.facet_v2 import schema_dataset, sql_job
from openlineage.client.uuid import generate_new_uuid

client = OpenLineageClient(config={"transport": json.loads(sys.argv[1])})
DB, LAKE = "postgres://db:5432", "s3://lake"


def now():
    return datetime.now(timezone.utc).isoformat()


def run(name, job_facets, inputs, outputs):
    parent = parent_run.ParentRunFacet(run=parent_run.Run(str(generate_new_uuid())), job=parent_run.Job("etl", "nightly"))
    run = Run(str(generate_new_uuid()), facets={"parent": parent})
    job = Job("etl", name, facets=job_facets)
    client.emit(RunEvent(eventType=RunState.START, eventTime=now(), run=run, job=job, inputs=inputs, producer="tests"))
    client.emit(RunEvent(eventType=RunState.COMPLETE, eventTime=now(), run=run, job=job, outputs=outputs, producer="tests"))


orders = InputDataset(DB, "shop.public.orders")
grouped = columns.Transformation("INDIRECT", "GROUP_BY")
summed = columns.Transformation("DIRECT", "AGGREGATION")
lineage = columns.ColumnLineageDatasetFacet(
    fields={"total": columns.Fields([columns.InputField(DB, "shop.public.orders", "amount", [summed])])},
    dataset=[columns.InputField(DB, "shop.public.orders", "customer", [grouped])],
)
schema = [schema_dataset.SchemaDatasetFacetFields("customer", "text"), schema_dataset.SchemaDatasetFacetFields("total", "numeric")]
facets = {
    "documentation": documentation_job.DocumentationJobFacet("Orders of a customer"),
    "jobType": job_type_job.JobTypeJobFacet(processingType="BATCH", integration="POSTGRES", jobType="QUERY"),
    "ownership": ownership_job.OwnershipJobFacet([ownership_job.Owner("team:orders", "MAINTAINER")]),
    "sql": sql_job.SQLJobFacet("INSERT INTO mart.daily SELECT 1"),
}
run("load", {}, [InputDataset(LAKE, "raw/orders.csv")], [OutputDataset(DB, "shop.public.orders")])
run("daily", facets, [orders], [OutputDataset(DB, "shop.mart.daily", facets={"columnLineage": lineage})])
table = Dataset(DB, "shop.mart.daily", facets={"schema": schema_dataset.SchemaDatasetFacet(fields=schema)})
client.emit(DatasetEvent(eventTime=now(), dataset=table, producer="tests"))
client.emit(JobEvent(eventTime=now(), job=Job("etl", "load"), producer="tests"))
client.close()
"""
