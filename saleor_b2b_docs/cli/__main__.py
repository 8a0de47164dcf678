"""`python -m saleor_b2b_docs.cli`: the command line without its installed script."""

from saleor_b2b_docs.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
