"""Bytes of documents and reference lists in; their text with places, or their entries, out; one module a form."""
