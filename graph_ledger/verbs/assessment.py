"""Assessment: findings, validations, and how groups stand."""

from collections.abc import Iterable, Mapping
from typing import Any, overload

from graph_ledger.composites.investigate import Detail, investigate
from graph_ledger.composites.observations import issue, open_observation_count, open_observations, said_of
from graph_ledger.composites.observations import resolve as resolve_observation
from graph_ledger.composites.summary import summarise, summarise_one
from graph_ledger.history.event_types import VALIDATED
from graph_ledger.history.record import record
from graph_ledger.values.composite import CompositeSummary, OpenObservation
from graph_ledger.values.investigation import Investigation
from graph_ledger.values.listed import Listed, listed
from graph_ledger.values.model import ModelLike, ModelRef
from graph_ledger.values.moment import When, moment
from graph_ledger.values.port import texts
from graph_ledger.values.snapshot import Snapshot, event_of
from graph_ledger.verbs.base import Verbs


class Assessing(Verbs):
    """What is open against models and groups."""

    def investigate(
        self, model: ModelLike, *, detail: Detail = "summary", as_of: When | None = None, known_at: When | None = None
    ) -> Investigation:
        """Return one model's whole card: what it is, reads, writes and belongs to, what happened to it, what is open against it.

        ``detail="full"``: all of its events, not only the ten newest.
        """
        return investigate(self._database, self._key(model), moment(as_of, known_at), detail)

    def record_validation(
        self, composite: ModelLike, *, result: str, actor: str, metadata: Mapping[str, Any] | None = None, timestamp: When | None = None
    ) -> Snapshot:
        """Record that a model or a group was validated; ``record(event="validated", payload={"result": ...})`` counts the same."""
        said = said_of({"result": result}, metadata)
        event = event_of(VALIDATED, said, actor, None, None, None, timestamp)
        return record(self._database, self._key(composite), event)

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
        return issue(self._database, self._key(composite), said_of(core, metadata, optional=["severity"]), actor, timestamp)

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
        """Resolve a finding.

        Raises:
            ObservationNotFoundError: The model had no such finding by then.
        """
        core = {"observation_id": observation_id, "resolution": resolution}
        return resolve_observation(self._database, self._key(composite), said_of(core, metadata), actor, timestamp)

    def open_observations(
        self, composite: ModelLike | None = None, *, as_of: When | None = None, known_at: When | None = None
    ) -> Listed[OpenObservation]:
        """Return the findings that are open, of one model or of all, oldest first."""
        found = open_observations(self._database, None if composite is None else self._key(composite), moment(as_of, known_at))
        return listed(found, OpenObservation, "open observation")

    @staticmethod
    def open_observation_count(snapshots: Iterable[Snapshot]) -> int:
        """Count the findings that these events of one model leave open."""
        return open_observation_count(snapshots)

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
        times = moment(as_of, known_at)
        if isinstance(model_types, (str, ModelRef)):
            return summarise_one(self._database, self._key(model_types), times)
        types = None if model_types is None else texts(model_types, "model_types")
        return listed(summarise(self._database, times, types=types), CompositeSummary, "group" if types is None else "model")
