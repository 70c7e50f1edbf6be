"""Printed references -> their fields, and the list in which they stand."""
