"""Bytes and texts of documents and reference lists, read."""
