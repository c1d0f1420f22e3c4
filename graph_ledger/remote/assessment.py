"""Assessment: findings, validations, and how groups stand; asked of a service."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, overload

from graph_ledger.remote.answers import investigation, members
from graph_ledger.remote.base import Asking
from graph_ledger.remote.plain import json_of, time_of, times_of
from graph_ledger.values.asked import name_of
from graph_ledger.values.composite import CompositeSummary, OpenObservation
from graph_ledger.values.investigation import Investigation
from graph_ledger.values.listed import Listed, listed
from graph_ledger.values.model import ModelLike, ModelRef
from graph_ledger.values.moment import When
from graph_ledger.values.port import texts
from graph_ledger.values.snapshot import Snapshot


class RemoteAssessing(Asking):
    """What is open against models and groups."""

    def investigate(
        self, model: ModelLike, *, detail: Literal["summary", "full"] = "summary", as_of: When | None = None, known_at: When | None = None
    ) -> Investigation:
        """Return one model's whole card, by three questions: the card, the groups it is in, its members."""
        name, times = name_of(model), times_of(as_of, known_at)
        card = self._ask("investigate", investigation, model_name=name, detail=detail, **times)
        groups = self._ask("groups", members, model=name, **times)
        return card.model_copy(update={"groups": groups, "members": self._ask("members", members, composite=name, **times)})

    def record_validation(
        self, composite: ModelLike, *, result: str, actor: str, metadata: Mapping[str, Any] | None = None, timestamp: When | None = None
    ) -> Snapshot:
        """Record that a model or a group was validated; ``record(event="validated", payload={"result": ...})`` counts the same."""
        return self._said("record_validation", composite, actor, metadata, timestamp, result=result)

    def record_observation(
        self,
        composite: ModelLike,
        *,
        observation_id: str,
        observation: str,
        status: str,
        severity: str | None = None,
        actor: str,
        metadata: Mapping[str, Any] | None = None,
        timestamp: When | None = None,
    ) -> Snapshot:
        """Issue a finding against a model or a group; issued again after it was resolved, it is open again."""
        core = {"observation_id": observation_id, "observation": observation, "status": status, "severity": severity}
        return self._said("record_observation", composite, actor, metadata, timestamp, **core)

    def resolve_observation(
        self,
        composite: ModelLike,
        *,
        observation_id: str,
        resolution: str,
        actor: str,
        metadata: Mapping[str, Any] | None = None,
        timestamp: When | None = None,
    ) -> Snapshot:
        """Resolve a finding."""
        core = {"observation_id": observation_id, "resolution": resolution}
        return self._said("resolve_observation", composite, actor, metadata, timestamp, **core)

    def open_observations(
        self, composite: ModelLike | None = None, *, as_of: When | None = None, known_at: When | None = None
    ) -> Listed[OpenObservation]:
        """Return the findings that are open, of one model or of all, oldest first."""
        name = None if composite is None else name_of(composite)
        found = self._values("open_observations", "observations", OpenObservation, composite=name, **times_of(as_of, known_at))
        return listed(found, OpenObservation, "open observation")

    @overload
    def composite_summary(  # type: ignore[overload-overlap]  # a text is one name, never a list of letters
        self, model_types: ModelRef | str, *, as_of: When | None = None, known_at: When | None = None
    ) -> CompositeSummary: ...
    @overload
    def composite_summary(
        self, model_types: Iterable[str] | None = None, *, as_of: When | None = None, known_at: When | None = None
    ) -> Listed[CompositeSummary]: ...
    def composite_summary(
        self, model_types: Any = None, *, as_of: When | None = None, known_at: When | None = None
    ) -> CompositeSummary | Listed[CompositeSummary]:
        """Sum up every group; with a list of model types, every model of these types; with one group's name, that group and its members."""
        times = times_of(as_of, known_at)
        if isinstance(model_types, (str, ModelRef)):
            return self._values("composite_summary", "summaries", CompositeSummary, composite=name_of(model_types), **times)[0]
        types = None if model_types is None else texts(model_types, "model_types")
        # No types at all cannot be said in an address, and no model is of one of them.
        found = [] if types == [] else self._values("composite_summary", "summaries", CompositeSummary, model_types=types, **times)
        return listed(found, CompositeSummary, "group" if types is None else "model")

    def _said(
        self, tool: str, composite: ModelLike, actor: str, metadata: Mapping[str, Any] | None, timestamp: When | None, **core: Any
    ) -> Snapshot:
        more = {"metadata": json_of(metadata), "timestamp": time_of(timestamp, "timestamp")}
        return self._value(tool, Snapshot, composite=name_of(composite), actor=actor, **core, **more)
