"""The knowledge graph and citation linker of the ALSUntangled reviews. The map, in reading order.

model/        plain data: a review record and its parts, identifiers, errors
readers/      the bytes of a document to its text with places; entries of reference lists
extraction/   a document to a draft record
grounding/    words to terms
indexes/      bibliographic indexes: a pure pair per service, the order of asking, retraction
linking/      a reference to the work it means: candidates, features, probability, decision
graph/        a record as quads: claims stay nodes, every source has a named graph
analysis/     what follows: strength and effect of paths, aboutness of citations, similarity, why a letter
answers/      an answer as table, network, picture, export
web/          pages for the browser, made from plain data

documents     a file to a document        reading_pool  many files, on all cores, within limits; read_worker reads
assets        where ontology/, data/, queries/ lie  output      results to standard output or a whole file
records       YAML to a record and back            ontology    the words and terms of ontology/
context       the JSON-LD context                  validation  SHACL
store         the embedded store, for reading      generations the same, for writing
workers       the costly steps, on all cores       jobs        what they are given
pipeline      records to a validated store, the whole way
queries       the questions of queries/            pictures    answers laid out and drawn
similar_treatments  who acts alike
record_reading files to records, bad ones told     jobs        records cut into jobs for workers
manifest      what a generation was made from      rebuild     only what changed is made again
decision_log  persons' decisions on disk           curation    a person asked, one question at a time
decided_groundings what persons decided words to mean, from their tables
explanations  why a grade: questions asked and put together
configuration alsu-kg.toml                        http_client the one place that speaks HTTP
resolved_works the works of records, asked about once
resolver      identifiers to works                response_cache the resolver's answers on disk
retraction_lists lists of retractions on disk     analysis_words the word lists that analyses need
references    references of a file                 work_dumps  dumps of works, cut into pieces
work_index    works on disk, by rare terms         index_build dumps to an index; index_batches, index_files, index_segments,
              index_writer
spark_link    linking on a cluster                 link_partition what each machine of it does
linker        the linker put together              online_candidates candidates from the network
reference_files references of lists, documents, records   linking_sessions one way to link for every caller
build_links   the links of a build                 citation_views networks of citations, drawn
train_linker  labelled references to a validator    author_checks an author's check of a draft
train_references what words tell of a reference's parts, counted and fitted
aboutness_words rules and names to compare claims and works
terminal      progress and colour                  api         the same for Python and notebooks
vocabularies  terms of published vocabularies     name_index  their names, looked up
build_vocabulary how they are packed, from vocabulary_packages
cli           the command; cli_* one verb each
"""
