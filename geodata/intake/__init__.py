"""A bureau's files come in: read in a child process, checked row by row, written in one transaction."""
