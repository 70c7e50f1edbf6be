"""What follows from records and works: strength of paths, aboutness of citations, similarity of treatments."""
