"""Words to terms."""
