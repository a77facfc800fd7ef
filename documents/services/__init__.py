"""The verbs of the documents room: take in a file, check it, ask for a document, make it."""
