"""The graph as people read it in Browser and notebooks: labels, properties and what they mean; no behaviour.

neomodel installs the single-property constraints and indexes declared here; what it cannot declare is in
``cypher/schema/``. Writing goes through the statements of ``cypher/`` alone.
"""

from neomodel import (
    ArrayProperty,
    BooleanProperty,
    DateTimeNeo4jFormatProperty,
    IntegerProperty,
    RelationshipFrom,
    RelationshipTo,
    StringProperty,
    StructuredNode,
    StructuredRel,
)

from graph_ledger.contract_schema import Binding, Concept, Contract, Namespace, Revision

Moment = DateTimeNeo4jFormatProperty


class Clocks(StructuredRel):
    """The two clocks of a relationship, closed-open; an open end is 9999-12-31."""

    valid_from = Moment(help_text="when it began to be so")
    valid_to = Moment(help_text="when it ceased to be so")
    recorded_from = Moment(help_text="when the ledger began to believe it")
    recorded_to = Moment(help_text="when the ledger ceased to believe it")


class Former(Clocks):
    """FED: a claim that ended, or that is no longer believed."""

    edge_key = StringProperty(help_text="SHA-256 over both ends, source, relationship and via")
    claimed_by = StringProperty(db_property="source", help_text="which connector or person claims it")
    relationship = StringProperty(help_text="data_flow, or the word a person chose")
    via = StringProperty(help_text="key of the pattern port that matched; empty for a direct claim")


class Feeds(Former):
    """FEEDS: a claim that is believed and has not ended."""

    edge_key = StringProperty(unique_index=True, help_text="SHA-256 over both ends, source, relationship and via")


class Derived(Former):
    """DERIVED: how columns of an output came about, where that ended or is no longer believed."""

    flows = ArrayProperty(StringProperty(), help_text="a line for each input and way: input KIND/SUBTYPE: column column<-input_column ...")


class Derives(Derived):
    """DERIVES: how columns of an output come about, as believed now."""

    edge_key = StringProperty(unique_index=True, help_text="SHA-256 over both ends and source")


class SeenBy(StructuredRel):
    """SEEN_BY: what one source last said of one model."""

    first_seen = Moment(help_text="when this source first saw it")
    last_seen = Moment(help_text="when this source last saw it")
    last_known = Moment(help_text="when this source last saw it or missed it")
    content_hash = StringProperty(help_text="SHA-256 over what it last said")
    content_sequence = IntegerProperty(help_text="sequence of the event that holds what it last said")
    content_from = Moment(help_text="time of that event")
    opinion = StringProperty(help_text="JSON: the identity fields it last stated")
    gone = BooleanProperty(help_text="whether a complete listing of this source no longer names it")


class MemberOf(Clocks):
    """MEMBER_OF and WAS_MEMBER_OF: a model in a group, now and formerly."""

    role = StringProperty(help_text="what it is in the group; absent where nobody said")


class Numbered(StructuredRel):
    """HAS_SNAPSHOT: an event and its place."""

    sequence = IntegerProperty(help_text="place among the model's events, from 1, without gaps")


class Snapshot(StructuredNode):
    """An event of a model: created once, never changed."""

    snapshot_hash = StringProperty(unique_index=True, help_text="32 hex digits over the content")
    model_hash = StringProperty(help_text="whose event it is")
    sequence = IntegerProperty(help_text="place among the model's events")
    event_type = StringProperty(help_text="what happened")
    actor = StringProperty(help_text="who did it")
    claimed_by = StringProperty(db_property="source", help_text="who said so")
    timestamp = Moment(help_text="when it was so")
    recorded_at = Moment(help_text="when the ledger learned it")
    payload = StringProperty(help_text="JSON")
    tags = StringProperty(help_text="JSON")
    parent_hash = StringProperty(help_text="the event it answers to")
    previous_hash = StringProperty(help_text="chain_hash of the event before")
    repetition = IntegerProperty(help_text="how many said the very same of the same time before; absent where none did")
    chain_hash = StringProperty(help_text="64 hex digits over name, place, recording time and the event before")
    position = IntegerProperty(unique_index=True, help_text="place in the log, from 0; absent until it is sealed")


class Identity:
    """The identity fields that a model has at one moment."""

    owner = StringProperty(help_text="who answers for it")
    model_type = StringProperty(help_text="what kind of thing it is")
    model_origin = StringProperty(help_text="where it came from")
    tier = StringProperty(help_text="how risky it is")
    purpose = StringProperty(help_text="what it is for")
    status = StringProperty(help_text="where it is in its life")
    platform = StringProperty(help_text="where it runs")
    metadata = StringProperty(help_text="JSON: whatever else is known")
    present = BooleanProperty(help_text="false once no source that listed it sees it any more")


class State(Identity, StructuredNode):
    """A former state of a model, with the two clocks."""

    valid_from = Moment(help_text="when it began to be so")
    valid_to = Moment(help_text="when it ceased to be so")
    recorded_from = Moment(help_text="when the ledger began to believe it")
    recorded_to = Moment(help_text="when the ledger ceased to believe it")


class Tag(StructuredNode):
    """A name that points at one event of a model."""

    key = StringProperty(unique_index=True, help_text="model_hash / name")
    name = StringProperty(help_text="such as production")
    updated_at = Moment(help_text="when it was last moved")
    points_at = RelationshipTo("Snapshot", "POINTS_AT")


class Source(StructuredNode):
    """A connector and what one of its runs covers; or `client`, for what people add."""

    key = StringProperty(unique_index=True, help_text="connector name / scope")
    last_complete_at = Moment(help_text="newest moment for which it was listed completely")
    fence = IntegerProperty(help_text="number of the newest lease; a write under an older one aborts")
    lease_holder = StringProperty(help_text="who is reading it: user, machine and process; absent where nobody is")
    lease_until = Moment(help_text="when the lease ends unless its holder renews it")
    lease_seconds = IntegerProperty(help_text="how long a lease holds without being renewed")
    running = StringProperty(help_text="run_id of the run that has the lease")
    statements = StringProperty(help_text="JSON: how well each statement was read, the last time it was read")
    statements_at = Moment(help_text="when the source was read of which these are the statements")
    statements_digest = StringProperty(help_text="hash of statements")


class Run(StructuredNode):
    """One reading of one source."""

    run_id = StringProperty(unique_index=True, help_text="hash over source and moment")
    source_key = StringProperty(help_text="Source.key")
    observed_at = Moment(help_text="when the source was read")
    complete = BooleanProperty(help_text="whether what it did not name is gone")
    status = StringProperty(help_text="running, finished, failed, stopped (by its guard) or interrupted")
    holder = StringProperty(help_text="who ran it: user, machine and process")
    fence = IntegerProperty(help_text="number of its lease")
    before = StringProperty(help_text="status that it had, where the same moment is being read again")
    errors = StringProperty(help_text="JSON: what could not be read, and why")
    coverage = StringProperty(help_text="JSON: how much of the source was understood")
    started_at = Moment(help_text="when the run began")
    finished_at = Moment(help_text="when the run ended")
    of = RelationshipTo("Source", "OF")
    wrote = RelationshipTo("Snapshot", "WROTE")


class ModelRef(Identity, StructuredNode):
    """A model: what it is believed to be now."""

    key = StringProperty(unique_index=True, help_text="platform/name")
    model_hash = StringProperty(unique_index=True, help_text="its identity for ever")
    name = StringProperty(index=True, help_text="name as given")
    created_at = Moment(help_text="when it first was")
    arrival = IntegerProperty(help_text="the order in which models came")
    state_from = Moment(help_text="since when it has been as it is")
    state_recorded_from = Moment(help_text="since when the ledger has believed that")
    last_sequence = IntegerProperty(help_text="number of its events")
    last_timestamp = Moment(help_text="newest time of its events")
    last_recorded = Moment(help_text="newest recording time of its events")
    head_hash = StringProperty(help_text="chain_hash of its newest event")
    believed = ArrayProperty(StringProperty(), help_text="the identity fields as its events have them, to notice edits by hand")
    snapshots = RelationshipTo("Snapshot", "HAS_SNAPSHOT", model=Numbered)
    marks = RelationshipTo("Snapshot", "MARKED_BY")
    tags = RelationshipTo("Tag", "HAS_TAG")
    groups = RelationshipTo("Composite", "MEMBER_OF", model=MemberOf)
    former_groups = RelationshipTo("Composite", "WAS_MEMBER_OF", model=MemberOf)
    states = RelationshipTo("State", "WAS")
    seen_by = RelationshipTo("Source", "SEEN_BY", model=SeenBy)


class DataNode(ModelRef):
    """A model that reads and writes ports."""

    discovered_at = Moment(help_text="when it was first discovered or linked")
    feeds = RelationshipTo("Port", "FEEDS", model=Feeds)
    fed = RelationshipTo("Port", "FED", model=Former)
    derives = RelationshipTo("Port", "DERIVES", model=Derives)
    derived = RelationshipTo("Port", "DERIVED", model=Derived)
    pinned_to = RelationshipTo("Contract", "PINNED_TO")


class Composite(ModelRef):
    """A model that has, or once had, members."""

    members = RelationshipFrom("ModelRef", "MEMBER_OF", model=MemberOf)
    former_members = RelationshipFrom("ModelRef", "WAS_MEMBER_OF", model=MemberOf)


class RegisteredModel(Composite):
    """A model of which versions are registered: a group, and they are its members."""

    registered_name = StringProperty(help_text="under which name; it stays where the model is renamed")
    description = StringProperty(help_text="what it is, as it was registered")
    model_tags = ArrayProperty(StringProperty(), help_text="name=value, by name")


class StoredAs(StructuredRel):
    """STORED_AS: where the bytes of a version lie."""

    store = StringProperty(help_text="which store: its address")
    path = StringProperty(help_text="where in it")


class TrainedOn(StructuredRel):
    """TRAINED_ON: the contract that held when a version was registered, of what it reads."""

    port = StringProperty(help_text="identifier of the port that was named")


class Artifact(StructuredNode):
    """Bytes that some versions were registered with; equal bytes are one node."""

    key = StringProperty(unique_index=True, help_text="SHA-256 of the bytes, 64 hex digits")
    size = IntegerProperty(help_text="how many bytes")
    media_type = StringProperty(help_text="what they are, such as application/octet-stream")


class ModelVersion(DataNode):
    """A version of a registered model; what is beside its events follows from them."""

    model_name = StringProperty(help_text="of which model")
    version = StringProperty(help_text="which version; the name of the node is model:version")
    stage = StringProperty(help_text="development, staging, production or archived")
    stage_since = Moment(help_text="when it came to be in that stage")
    production_of = StringProperty(help_text="model_hash of its model while it is in production, absent otherwise: a model has one at most")
    framework = StringProperty(help_text="sklearn, pytorch, tensorflow, onnx or custom")
    description = StringProperty(help_text="what it is, as it was registered")
    metrics = StringProperty(help_text="JSON; each also stands by itself, as metric_NAME")
    parameters = StringProperty(help_text="JSON")
    version_tags = ArrayProperty(StringProperty(), help_text="name=value, by name")
    registered_at = Moment(help_text="when it was made, as it was registered")
    deleted_at = Moment(help_text="when it was deleted, absent otherwise; its number stays taken")
    left_store = StringProperty(help_text="the store in which its bytes lay when it was deleted")
    left_path = StringProperty(help_text="the path in it")
    left_sha256 = StringProperty(help_text="what they were, 64 hex digits")
    stored_as = RelationshipTo("Artifact", "STORED_AS", model=StoredAs)
    trained_on = RelationshipTo("Contract", "TRAINED_ON", model=TrainedOn)


class Port(StructuredNode):
    """A named thing that nodes write and read."""

    key = StringProperty(unique_index=True, help_text="identifier, with the schema where there is one")
    identifier = StringProperty(index=True, help_text="name, lower-cased")
    schema = StringProperty(help_text="JSON: what both sides must share")
    kind = StringProperty(help_text="data, pattern or declared")
    feeds = RelationshipTo("DataNode", "FEEDS", model=Feeds)
    fed = RelationshipTo("DataNode", "FED", model=Former)
    derives = RelationshipFrom("DataNode", "DERIVES", model=Derives)
    derived = RelationshipFrom("DataNode", "DERIVED", model=Derived)


class StateChange(Snapshot):
    """An event that changed an identity field."""


class Migration(StructuredNode):
    """A change of the schema that was carried out."""

    number = IntegerProperty(unique_index=True, help_text="its place")
    title = StringProperty(help_text="what it did")
    applied_at = Moment(help_text="when")


class Seal(StructuredNode):
    """Closes all events up to a position under a root."""

    number = IntegerProperty(unique_index=True, help_text="its place, from 1")
    first = IntegerProperty(help_text="position of the first event that no seal before had closed")
    last = IntegerProperty(help_text="position of the last event that it closes")
    count = IntegerProperty(help_text="how many it closes that no seal before had closed")
    root_hash = StringProperty(help_text="RFC 6962 root over all events up to last, 64 hex digits")
    sealed_at = Moment(help_text="when it was set")
    checkpoint = StringProperty(help_text="the text to be kept elsewhere, signed where there was a key")
    origin = StringProperty(help_text="what that text calls this ledger")


class Tile(StructuredNode):
    """The root over 1,024 events in a row, so that a proof reads few of them."""

    number = IntegerProperty(unique_index=True, help_text="its place, from 0")
    root_hash = StringProperty(help_text="RFC 6962 root over its events, 64 hex digits")


class Log(StructuredNode):
    """A lock for whoever seals; there is one."""

    number = IntegerProperty(unique_index=True, help_text="0")
    origin = StringProperty(help_text="what checkpoints call this ledger")
    sealed = IntegerProperty(help_text="number of the newest seal; absent until there is one")
    size = IntegerProperty(help_text="how many events that seal closes")


class ApiKey(StructuredNode):
    """Who may ask a service; of the key itself a digest alone."""

    key = StringProperty(unique_index=True, help_text="the part of it that is no secret")
    name = StringProperty(unique_index=True, help_text="signs the events that are written with it")
    role = StringProperty(help_text="reader, writer or admin")
    digest = StringProperty(help_text="SHA-256 over its secret, 64 hex digits")
    created_at = Moment(help_text="when it was made")
    expires_at = Moment(help_text="from when on it does not work any more; absent: never by itself")
    revoked_at = Moment(help_text="since when it has not worked any more; absent while it works")


class Stripe(StructuredNode):
    """A lock that the names of new models share; holds no knowledge."""

    number = IntegerProperty(unique_index=True, help_text="from 0")


class PatternAnchor(StructuredNode):
    """A lock for one identifier whose ports carry schema; holds no knowledge."""

    key = StringProperty(unique_index=True, help_text="the identifier")


DECLARED = (
    ModelRef, State, Port, Snapshot, Tag, Source, Run, Seal, Tile, Log, Migration, Stripe, PatternAnchor, ApiKey, Artifact,
    Namespace, Revision, Concept, Contract, Binding,
)  # fmt: skip
"""Every class whose constraints and indexes neomodel installs; a second label of the same node needs none of its own."""
