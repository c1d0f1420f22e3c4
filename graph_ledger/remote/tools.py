"""Tools: what a service is asked, as plain words; a test compares them with the catalogue of the service."""

from collections.abc import Mapping
from typing import NamedTuple

DATED = "as_of known_at"
TOLD = "actor timestamp"
GUARDED = "allow_removals removal_share removal_least"
LISTED = f"{GUARDED} source scope nodes complete errors coverage statements stream broken observed_at"


class Tool(NamedTuple):
    """One question."""

    address: str
    fields: frozenset[str]
    writes: bool = False
    posted: bool = False
    """Whether it stands in a body, as it writes, or holds what an address has no place for."""


def _reads(fields: str, address: str = "") -> Tool:
    return Tool(address, frozenset(fields.split()))


def _writes(fields: str) -> Tool:
    return Tool("", frozenset(fields.split()), writes=True, posted=True)


def _posts(fields: str) -> Tool:
    return Tool("", frozenset(fields.split()), posted=True)


_TOOLS: Mapping[str, Tool] = {
    "add": _writes("nodes source observed_at"),
    "add_member": _writes(f"{TOLD} composite member role"),
    "apply": _writes(f"{GUARDED} plan"),
    "changelog": _reads("since until model_name event_type actor platform limit offset cursor"),
    "composite_summary": _reads(f"{DATED} composite model_types"),
    "connect": _writes(""),
    "contract_binding": _reads(f"{DATED} prefix serial"),
    "contract_census": _posts("prefix elements"),
    "contract_check": _posts("report metadata rules mode profile known_at"),
    "contract_consume": _writes(f"{TOLD} model ref contract"),
    "contract_history": _reads(f"{DATED} ref", "contracts/history"),
    "contract_impact": _reads(f"{DATED} ref depth limit"),
    "contract_import": _writes(f"{TOLD} tables metadata profile"),
    "contract_list": _reads(f"{DATED} prefix kind status", "contracts"),
    "contract_namespaces": _reads("", "contracts/namespaces"),
    "contract_produce": _writes(f"{TOLD} model ref contract"),
    "contract_show": _reads(f"{DATED} ref", "contracts/resolve"),
    "contract_sync": _writes(f"{TOLD} report metadata rules mode profile strict dry_run release"),
    "contract_tables": _reads("prefix"),
    "coverage": _reads("source runs"),
    "dependencies": _reads(f"{DATED} model direction"),
    "doctor": _reads(""),
    "downstream": _reads(f"{DATED} model"),
    "get": _reads(f"{DATED} model", "models"),
    "groups": _reads(f"{DATED} model"),
    "history": _reads(f"{DATED} model order event_type actor source since until limit"),
    "impact": _reads(f"{DATED} model column direction depth limit edges"),
    "inventory_at": _reads("date platform known_at"),
    "inventory_diff": _reads("earlier later platform known_at"),
    "investigate": _reads(f"{DATED} model_name detail"),
    "latest": _reads(f"{DATED} model tag"),
    "link_dependency": _writes(f"{TOLD} upstream downstream relationship metadata"),
    "list": _reads(f"{DATED} text owner platform model_type tier status limit offset"),
    "list_tags": _reads(f"{DATED} model_name", "tags"),
    "members": _reads(f"{DATED} composite deep"),
    "membership_at": _reads("composite date deep known_at"),
    "membership_diff": _reads("composite earlier later known_at"),
    "membership_history": _reads(f"{DATED} composite"),
    "open_observations": _reads(f"{DATED} composite"),
    "overview": _reads(""),
    "path": _reads(f"{DATED} start end column"),
    "plan_listing": _writes(LISTED),
    "prove": _reads("snapshot checkpoint"),
    "prove_consistency": _reads("checkpoint"),
    "query": _reads(f"{DATED} text platform model_type owner status tier validated changed_since order limit offset"),
    "record_many": _writes("events actor"),
    "record_observation": _writes(f"{TOLD} composite metadata observation_id observation status severity"),
    "record_validation": _writes(f"{TOLD} composite metadata result"),
    "register": _writes(f"{TOLD} name owner model_type tier purpose platform model_origin status metadata payload"),
    "register_group": _writes(f"{TOLD} name owner model_type tier purpose members platform model_origin status metadata"),
    "registry_compare": _reads("name a b"),
    "registry_delete": _writes("name version actor reason force"),
    "registry_deploy": _writes("name version target actor"),
    "registry_history": _reads("name version"),
    "registry_lineage": _reads("name version"),
    "registry_list": _reads(""),
    "registry_models": _reads(""),
    "registry_production_at": _reads("name when known_at"),
    "registry_register": _writes(
        "name version framework metrics parameters description tags actor owner tier purpose trained_on created_at description_of_model"
        " model_tags"
    ),
    "registry_retire": _writes("name version target actor"),
    "registry_rollback": _writes("name actor reason expected"),
    "registry_search": _reads("stage framework tag metric text limit offset"),
    "registry_show": _reads("name"),
    "registry_stage": _writes(f"{TOLD} name version stage reason expected"),
    "registry_verify": _reads("name version"),
    "registry_version": _reads("name version"),
    "remove_member": _writes(f"{TOLD} composite member reason"),
    "resolve_observation": _writes(f"{TOLD} composite metadata observation_id resolution"),
    "runs": _reads("source status run_id limit"),
    "seal": _writes("origin"),
    "silent": _reads("days platform"),
    "tag": _writes(f"{TOLD} model_name tag_name snapshot"),
    "tag_at": _reads("model name when known_at"),
    "tag_history": _reads(f"{DATED} model name"),
    "take_listing": _writes(LISTED),
    "unlink_dependency": _writes(f"{TOLD} upstream downstream relationship reason"),
    "untag": _writes(f"{TOLD} model name"),
    "update": _writes(f"{TOLD} model reason owner model_type tier purpose model_origin status metadata"),
    "upstream": _reads(f"{DATED} model include_model"),
    "verify": _reads("model deep"),
}
TOOLS: Mapping[str, Tool] = {name: tool._replace(address=tool.address or name) for name, tool in _TOOLS.items()}
SILENT = frozenset({"plan_listing", "seal"})
"""What is silent when it is asked a second time: a plan writes nothing, and with nothing new a seal is the newest one again."""
LARGEST: Mapping[str, int] = {"list": 10_000, "history": 10_000, "query": 1_000, "changelog": 1_000, "runs": 1_000, "coverage": 1_000}
"""Most rows that the service gives at once."""
