"""A document in, a draft record out; one module a part of the record."""
