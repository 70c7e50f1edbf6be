"""Plain data: one noun per file."""
