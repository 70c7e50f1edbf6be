"""Answers: rows, tables, networks, pictures, exports."""
