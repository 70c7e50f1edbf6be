"""The knowledge graph and citation linker of the ALSUntangled reviews. The map, in reading order.

model/        plain data: a review record and its parts, identifiers, errors
readers/      the bytes of a document to its text, each character with its place
extraction/   a document to a draft record
grounding/    words to terms
graph/        a record as quads: claims stay nodes, every source has a named graph
answers/      an answer as table, network, picture, export

documents     a file to a document        reading_pool  many files, on all cores, within limits; read_worker reads
records       YAML to a record and back            ontology    the words and terms of ontology/
store         the embedded store, for reading       generations the same, for writing
validation    SHACL                                workers     the costly steps, on all cores
queries       the questions of queries/            pipeline    records to a validated store, the whole way
cli           the command; cli_* one verb each     api         the same for Python and notebooks
"""
