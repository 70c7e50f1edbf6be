"""Reference to work: candidate selection, similarity, candidate validation, matching, measures, networks of works."""
