"""Files and rendered documents: bytes, hashes, scans and PDFs, the whole of a file's life."""
