"""The knowledge graph and citation linker of the ALSUntangled reviews. The map, in reading order.

model/        plain data: a review record and its parts, identifiers, errors
readers/      entries of reference lists, read and written
grounding/    words to terms
indexes/      bibliographic indexes: a pure pair per service, the order of asking, retraction
linking/      a reference to the work it means: candidates, features, probability, decision
graph/        a record as quads: claims stay nodes, every source has a named graph
answers/      an answer as table, network, picture, export

records       YAML to a record and back            ontology    the words and terms of ontology/
store         the embedded store, for reading       generations the same, for writing
validation    SHACL                                workers     the costly steps, on all cores
queries       the questions of queries/            pipeline    records to a validated store, the whole way
configuration alsu-kg.toml                         http_client the one place that speaks HTTP, with manners
resolver      identifiers to works                 response_cache the answers on disk
retraction_lists what lies on disk about retractions
references    references of a file                 work_dumps    works of a dump, as a stream
work_index    works on disk, found by rare terms    index_build   dumps to an index
linker        the linker put together               online_candidates candidates from the network
train_linker  labelled references to a validator
cli           the command; cli_* one verb each     api         the same for Python and notebooks
"""
