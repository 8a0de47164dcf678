"""The app's web server on a port, as `b2b-docs serve` configures it, without workers."""

from __future__ import annotations

import sys

import django

if __name__ == "__main__":
    django.setup()
    from saleor_b2b_docs.cli.children import serve_web

    serve_web(host="127.0.0.1", port=int(sys.argv[1]), processes=2)
