"""What follows from the graph."""
