"""Pages for the browser: self-contained, escaped by construction, made from plain data."""
