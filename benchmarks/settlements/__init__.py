"""Reading and settling at ten million entries, against the same at ten thousand.

    python -m benchmarks.settlements

Takes about half an hour and 20 GB on the PostgreSQL server; see `python -m benchmarks.settlements
--help` for a smaller one.
"""
