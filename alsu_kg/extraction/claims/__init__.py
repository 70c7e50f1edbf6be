"""Sentences -> claims: subject, predicate and object with status, polarity and context, strung together to mechanism paths."""
