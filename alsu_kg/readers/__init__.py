"""Bytes and text of a document in, its blocks with their places out; one module a form."""
