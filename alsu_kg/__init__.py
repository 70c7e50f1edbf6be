"""The knowledge graph and citation linker of the ALSUntangled reviews. The map, in reading order.

model/        plain data: a review record and its parts, identifiers, errors
grounding/    words to terms
graph/        a record as quads: claims stay nodes, every source has a named graph
answers/      an answer as table, network, picture, export

records       YAML to a record and back            ontology    the words and terms of ontology/
store         the embedded store                   validation  SHACL
queries       the questions of queries/            pipeline    records to a validated store, the whole way
cli           the command; cli_* one verb each     api         the same for Python and notebooks
"""
