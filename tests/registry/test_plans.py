"""Plans: what is asked of one model or version begins at an index, however many others there are."""

from datetime import datetime, timezone
from typing import Any

import pytest

from graph_ledger import Ledger
from graph_ledger.registry import ModelRegistry

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
ASKED: dict[str, dict[str, Any]] = {
    "registry/model_key": {"name": "clf"},
    "registry/standing": {"name": "clf", "key": "registry/clf:1"},
    "registry/moves": {"name": "clf", "key": None, "type": "stage_changed"},
    "registry/stored_at": {"key": "registry/clf:1"},
    "registry/said_last": {"key": "registry/clf:1"},
    "registry/set_stage": {"key": "registry/clf:1", "stage": "staging", "production_of": None, "at": NOW},
    "registry/store_artifact": {"key": "registry/clf:1", "sha256": "a", "size": 1, "media_type": "x", "store": "memory:", "path": "x"},
    "registry/training": {"asked": ["a"], "platform_first": ["a"]},
    "registry/train_on": {"key": "registry/clf:1", "ports": ["a"], "uris": ["b"], "at": NOW},
    "registry/inputs": {"keys": ["registry/clf:1"]},
    "registry/pinned": {"keys": ["registry/clf:1"]},
    "registry/deployments": {"port": "registry:clf:1", "source": "registry/clf/deployments"},
    "registry/deployed": {"port": "registry:clf:1", "source": "registry/clf/deployments"},
    "registry/listed_by_others": {"keys": ["registry/clf:1"], "source": "registry/clf/deployments"},
    "registry/deleted": {"keys": ["registry/clf:1"]},
    "registry/kept_for": {"sha256": "a", "path": "x"},
    "registry/declared": {"key": "registry/clf:1"},
    "registry/forget_version": {"key": "registry/clf:1", "at": NOW},
    "registry/newest": {"name": "clf"},
    "registry/in_production": {"name": "clf"},
    "registry/promotions": {"name": "clf", "type": "stage_changed"},
    "registry/left_production": {"name": "clf", "type": "stage_changed"},
    "registry/production_at": {"name": "clf", "type": "stage_changed", "as_of": NOW, "known_at": NOW},
    "registry/twin": {"key": "registry/CLF:1", "port": "registry:clf:1"},
    "registry/versions_of": {"name": "clf"},
    "registry/version": {"name": "clf", "key": "registry/clf:1", "deleted": False},
    "registry/write_version": {
        "model": "registry/clf", "key": "registry/clf:1", "name": "clf", "version": "1", "framework": "custom", "description": "",
        "metrics": "{}", "parameters": "{}", "flat": {}, "tags": [], "at": NOW, "model_description": None, "model_tags": None,
    },
    "history/tag_now": {"tag": "a/production"},
}  # fmt: skip
SCANS = {"AllNodesScan", "NodeByLabelScan", "DirectedAllRelationshipsScan", "UndirectedAllRelationshipsScan"}


@pytest.mark.parametrize("statement", ASKED)
def test_nothing_is_scanned(ledger: Ledger, registry: ModelRegistry, statement: str) -> None:
    registry.register("clf", "1")
    operators = ledger.database.plan(statement, **ASKED[statement])
    assert not SCANS & set(operators), operators
    assert {"NodeUniqueIndexSeek", "NodeUniqueIndexSeek(Locking)", "MultiNodeIndexSeek"} & set(operators), operators
