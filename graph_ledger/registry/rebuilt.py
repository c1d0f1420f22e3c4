"""Rebuilt: what a version is by its events, compared with what is kept beside them."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from graph_ledger.database.database import Database
from graph_ledger.history.second_look import lasting
from graph_ledger.registry.register import VERSION_TYPE
from graph_ledger.registry.stage_history import STAGE_CHANGED
from graph_ledger.values.canonical import canonical_json
from graph_ledger.values.registry.version import lines_of
from graph_ledger.values.registry.words import ModelStage
from graph_ledger.values.verification import Finding

BATCH = 1_000
TEXTS, DOCUMENTS = ("model_name", "version", "framework", "description"), ("metrics", "parameters")
SAID = {*TEXTS, *DOCUMENTS, "tags", "artifact"}
"""What an event tells of a version; one that a person wrote by hand may be of another form, and tells nothing."""


def compare_versions(database: Database) -> list[Finding]:
    """Return where stage, facts and bytes of versions are not what their events say; what differs is looked at again."""
    look = partial(_drifted, database)
    return lasting(list(look()), lambda: list(look()), same=lambda finding: (finding.model, finding.field, finding.detail))


def _drifted(database: Database) -> Iterator[Finding]:
    after = ""
    while rows := database.read("registry/kept", after=after, most=BATCH, type=STAGE_CHANGED)["versions"]:
        for row in rows:
            yield from _compared(row)
        after = rows[-1]["key"]


def _compared(row: dict[str, Any]) -> Iterator[Finding]:
    kept, wanted = row["kept"], _wanted(row)
    there = {**kept, "artifact": row["artifact"]}
    for field, value in wanted.items():
        if there[field] != value:
            detail = f"it is {there[field]!r}, and by the events {value!r}"
            yield Finding(model=row["key"], sequence=None, kind="drifted", field=field, detail=detail)


def _wanted(row: dict[str, Any]) -> dict[str, Any]:
    stage = json.loads(row["moves"][-1])["new"] if row["moves"] else ModelStage.DEVELOPMENT.value
    wanted = {
        "stage": stage,
        "production_of": row["model_hash"] if stage == ModelStage.PRODUCTION.value else None,
        "deleted": row["gone"],
    }
    told = next((said for said in map(_said, row["said"]) if said.keys() >= SAID), None)
    if told is None:
        return wanted
    return wanted | {
        **{field: told[field] for field in TEXTS},
        **{field: canonical_json(told[field]) for field in DOCUMENTS},
        "version_tags": lines_of(told["tags"]),
        "artifact": None if told["artifact"] is None or row["gone"] else told["artifact"]["sha256"],
    }


def _said(payload: str) -> dict[str, Any]:
    told = json.loads(payload).get(VERSION_TYPE)
    return told if isinstance(told, dict) else {}
