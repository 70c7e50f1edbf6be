"""What follows from records and works: how strong mechanism paths are, and whether cited works are about what they support."""
