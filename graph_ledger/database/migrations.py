"""Changes of the schema: in order, recorded in the graph, each repeatable."""

import io
import time
from collections.abc import Callable
from random import random

from neo4j.exceptions import Neo4jError, TransientError

from graph_ledger.database.database import Database
from graph_ledger.database.statements import names, statement
from graph_ledger.errors import DatabaseError

STRIPES = 256
MADE_MEANWHILE = ("Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists", "Neo.ClientError.Schema.ConstraintAlreadyExists",
                  "Neo.ClientError.Schema.IndexAlreadyExists")  # fmt: skip
PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds to wait for another process, each time a little longer."""
SEARCHED = "fulltext_ModelRef_text"
"""The index of which a question is an error until it is filled; the others are merely not used."""
FILLED_SECONDS = 3600
LABELS = (
    "ModelRef", "DataNode", "Composite", "State", "Port", "Snapshot", "StateChange", "Tag", "Source", "Run", "Seal",
    "Migration", "Stripe", "PatternAnchor", "Tile", "Log", "ApiKey", "RegisteredModel", "ModelVersion", "Artifact",
    "Namespace", "Concept", "Revision", "Contract", "Binding",
)  # fmt: skip
TYPES = (
    "FEEDS", "FED", "DERIVES", "DERIVED", "MEMBER_OF", "WAS_MEMBER_OF", "WAS", "HAS_SNAPSHOT", "MARKED_BY", "SEEN_BY", "POINTS_AT",
    "HAS_TAG", "OF", "WROTE", "CHILD_OF", "REFERS_TO", "HAS_CONTRACT", "TRIGGERED_BY", "SUPERSEDES", "HAS_BINDING", "PINNED_TO",
    "STORED_AS", "TRAINED_ON",
)  # fmt: skip
# The server keeps the properties of a node in the order in which their words became known, the newest first: what walks read comes
# last here, so that they find it at once (measured: 3 ms of 34 for a walk over 7,800 nodes).
PROPERTIES = (
    "key", "source_key", "observed_at", "model_hash", "sequence", "identifier", "edge_key", "snapshot_hash", "run_id", "number",
    "platform", "owner", "model_type", "model_origin", "tier", "purpose", "status", "present", "metadata", "created_at", "state_from",
    "state_recorded_from", "last_sequence", "last_timestamp", "last_recorded", "head_hash", "believed", "discovered_at", "name",
    "arrival", "recorded_to", "valid_from", "valid_to", "recorded_from", "lock", "schema", "kind", "schema_names", "schema_values",
    "schema_expressions", "event_type", "actor", "source", "timestamp", "recorded_at", "payload", "tags", "parent_hash",
    "previous_hash", "chain_hash", "repetition", "position", "scope", "last_complete_at", "connected_at", "started_at", "finished_at",
    "complete", "coverage", "added", "changed", "skipped", "gone", "errors", "first_seen", "last_seen", "last_known", "content_hash",
    "content_sequence", "content_from", "opinion", "updated_at", "relationship", "via", "flows", "role", "title", "applied_at",
    "first", "last", "count", "root_hash", "sealed_at", "checkpoint", "origin", "sealed", "size",
    "fence", "holder", "lease_holder", "lease_until", "lease_seconds", "running", "before", "statements", "statements_at",
    "statements_digest", "digest", "expires_at", "revoked_at", "model_name", "version", "stage", "stage_since", "production_of",
    "framework", "description", "metrics", "parameters", "version_tags", "model_tags", "registered_at", "deleted_at",
    "left_store", "left_path", "left_sha256", "registered_name",
    "store", "path", "port", "media_type",
    "prefix", "namespace_uri", "next_concept", "next_revision", "next_contract", "next_binding", "profile", "mode", "synced_at",
    "report_hash", "concept_uri", "revision_uri", "serial", "label", "previous_labels", "concept_status", "instances", "aspects",
    "contract_uri", "uri", "end_recorded", "instance_label", "runtime_path", "aspect", "release",
)  # fmt: skip


def migrate(database: Database) -> int:
    """Carry out what has not been; return the number of the newest. Safe to run from several processes at once."""
    fresh = "Migration" not in database.read("database/labels")["labels"]
    done = 0 if fresh else int(database.read("database/migrated")["number"])
    for number, (title, change) in enumerate(MIGRATIONS, start=1):
        if number > done:
            if not fresh or number == 1:  # the first one installs whatever is declared today
                _patiently(change, database)
            database.write(lambda tx, n=number, t=title: tx.run("database/record_migration", number=n, title=t))  # type: ignore[misc]
    return len(MIGRATIONS)


def _patiently(change: Callable[[Database], None], database: Database) -> None:
    """Carry out a change again where another process, which opens the same new database, stood in its way."""
    for pause in (*PAUSES, None):
        try:
            change(database)
        except (DatabaseError, Neo4jError) as error:  # noqa: PERF203  # six times at most
            if pause is None or not _in_the_way(error):
                raise
            time.sleep(pause * (1 + random()))  # noqa: S311  # no secret: two that wait must not wait alike
        else:
            return


def _in_the_way(error: Exception) -> bool:
    """Say whether another process is the cause: it holds a lock, or has just made the same rule, which the server tells as an error."""
    cause = error if isinstance(error, Neo4jError) else error.__cause__
    return isinstance(cause, TransientError) or (isinstance(cause, Neo4jError) and cause.code in MADE_MEANWHILE)


def install_schema(database: Database) -> None:
    """Install every constraint and index that is declared; those that are there stay."""
    # Each kind of word in a transaction of its own: the server makes words known one by one. First of all, so that their order holds.
    database.write(lambda tx: tx.run("database/name_properties", names=PROPERTIES))
    database.write(lambda tx: tx.run("database/name_labels", names=LABELS))
    database.write(lambda tx: tx.run("database/name_types", names=TYPES))
    for name in names():
        if name.startswith("schema/"):
            database.install(statement(name))
    _install_declared(database)
    database.write(lambda tx: tx.run("database/make_stripes", count=STRIPES))
    database.read("database/await_index", name=SEARCHED, seconds=FILLED_SECONDS)


def _install_declared(database: Database) -> None:
    from neomodel import db

    from graph_ledger.schema import DECLARED

    db.set_connection(driver=database.driver)
    for declared in DECLARED:
        # Rules that are there already are written out as errors: into a text, never to stdout, which may carry JSON.
        db.install_labels(declared, stdout=io.StringIO())


def _keep_registered_names(database: Database) -> None:
    """Let models with versions be found by a name of its own, which stays where a model is renamed."""
    install_schema(database)
    database.write(lambda tx: tx.run("database/keep_registered_names"))
    database.install(statement("database/drop_registered_model_name"))


MIGRATIONS: tuple[tuple[str, Callable[[Database], None]], ...] = (
    ("constraints, indexes, words and locks", install_schema),
    ("what groups, tags and seals need", install_schema),
    ("how columns come about", install_schema),
    ("what runs and leases need", install_schema),
    ("the words of models", install_schema),
    ("who may ask a service", install_schema),
    ("what versions and contracts need", install_schema),
    ("the names under which models were registered", _keep_registered_names),
)
