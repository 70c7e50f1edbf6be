"""Characters of a PDF's pages, where they stand; the text in the order in which a person reads it out."""
