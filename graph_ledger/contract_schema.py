"""What data contracts are in the graph: one half of the schema that people read; no behaviour. The other is ``schema.py``."""

from neomodel import (
    ArrayProperty,
    DateTimeNeo4jFormatProperty,
    IntegerProperty,
    RelationshipTo,
    StringProperty,
    StructuredNode,
)

Moment = DateTimeNeo4jFormatProperty


class Revision(StructuredNode):
    """A Snapshot that changed an element of a data model; what is unique of every Snapshot is declared there."""

    revision_uri = StringProperty(unique_index=True, help_text="identity of the revision, for ever")
    concept_uri = StringProperty(index=True, help_text="whose revision it is")


class Namespace(StructuredNode):
    """A Composite: a data model whose elements have identities of their own, and the counters they come from."""

    prefix = StringProperty(unique_index=True, help_text="short name, the platform of its containers")
    namespace_uri = StringProperty(unique_index=True, help_text="what every identity in it begins with")
    next_concept = IntegerProperty(help_text="serial of the next concept")
    next_revision = IntegerProperty(help_text="serial of the next revision")
    next_contract = IntegerProperty(help_text="serial of the next contract")
    next_binding = IntegerProperty(help_text="serial of the next binding")
    profile = StringProperty(help_text="seed or head: how the newest report was read")
    mode = StringProperty(help_text="which changes the gate lets through; absent: none was ever asked for")
    release = StringProperty(help_text="what the newest report was released as; absent where nobody said")
    synced_at = Moment(help_text="time of the newest report")
    report_hash = StringProperty(help_text="SHA-256 over the newest report, its rules and its release")


class Concept(StructuredNode):
    """An element of a data model: what it is, whatever it is called; a container is a DataNode too."""

    concept_uri = StringProperty(unique_index=True, help_text="identity for ever")
    serial = IntegerProperty(help_text="number in its namespace")
    prefix = StringProperty(index=True, help_text="Namespace.prefix")
    label = StringProperty(help_text="full dotted path, now")
    previous_labels = ArrayProperty(StringProperty(), help_text="what it was called, newest first")
    kind = StringProperty(help_text="ENTITY, PROPERTY, ENUMERATION_SET or ENUM_VALUE")
    concept_status = StringProperty(help_text="ACTIVE or REMOVED")
    instances = ArrayProperty(StringProperty(), help_text="of an entity, and of its properties")
    aspects = StringProperty(help_text="JSON: what is said of it; absent where it came from files, which do not say")
    revision_uri = StringProperty(help_text="its newest revision")
    contract_uri = StringProperty(help_text="its newest contract")
    port = StringProperty(index=True, help_text="prefix:label, lower-cased: the port that its readers name; absent once it was removed")
    child_of = RelationshipTo("Concept", "CHILD_OF")
    refers_to = RelationshipTo("Concept", "REFERS_TO")
    contracts = RelationshipTo("Contract", "HAS_CONTRACT")


class Lasting:
    """When something that ends once was so, and when the ledger learned of both."""

    valid_from = Moment(help_text="when it began to be so")
    valid_to = Moment(help_text="when it ceased to be so; 9999-12-31 while it goes on")
    recorded_from = Moment(help_text="when the ledger learned that it began")
    end_recorded = Moment(help_text="when the ledger learned that it ended; 9999-12-31 while it goes on")


class Contract(Lasting, StructuredNode):
    """What producers and consumers of an element agreed on, until something that matters changed."""

    uri = StringProperty(unique_index=True, help_text="identity for ever")
    serial = IntegerProperty(help_text="number in its namespace")
    concept_uri = StringProperty(index=True, help_text="whose contract it is")
    status = StringProperty(help_text="ACTIVE, SUPERSEDED or REMOVED")
    aspects = StringProperty(help_text="JSON: the full state that it stands for, as far as is known")
    triggered_by = RelationshipTo("Revision", "TRIGGERED_BY")
    supersedes = RelationshipTo("Contract", "SUPERSEDES")
    bindings = RelationshipTo("Binding", "HAS_BINDING")


class Binding(Lasting, StructuredNode):
    """An address at which a property can be met at run time."""

    uri = StringProperty(unique_index=True, help_text="identity for ever")
    serial = IntegerProperty(index=True, help_text="number in its namespace, as payloads carry it")
    contract_uri = StringProperty(help_text="whose binding it is")
    instance_label = StringProperty(help_text="the instance, absent where there is but one")
    runtime_path = StringProperty(index=True, help_text="the address, now or when it ended")
    status = StringProperty(help_text="ACTIVE, SUPERSEDED or REMOVED")
    supersedes = RelationshipTo("Binding", "SUPERSEDES")
