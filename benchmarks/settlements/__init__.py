"""Reading and settling at ten million entries, against the same at ten thousand.

    python -m benchmarks.settlements

Takes a quarter of an hour or more, and a good deal of disk on the PostgreSQL server; `--help` says
how to have a smaller one.
"""
