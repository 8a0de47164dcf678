"""The command line: serve, seed, install, rotate-key."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from saleor_sandbox import configuration, keyfile


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    _export(options)
    code: int = options.run(options)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m saleor_sandbox", description="A stand-in for Saleor, with a small shop."
    )
    parser.add_argument("--data", help="directory for the database and the keys")
    commands = parser.add_subparsers(required=True)

    serve = commands.add_parser("serve", help="run the API and the shop")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=configuration.DEFAULT_PORT)
    serve.add_argument("--public-url", help="how others reach it; default: host and port")
    serve.add_argument("--app-url", help="where browsers reach B2B Docs")
    serve.add_argument("--no-seed", action="store_true", help="leave an empty database empty")
    serve.set_defaults(run=_serve)

    seed = commands.add_parser("seed", help="fill in the wholesaler, its goods and its buyers")
    seed.set_defaults(run=_seed)

    install = commands.add_parser("install", help="install an app by its manifest")
    install.add_argument("--manifest-url", required=True)
    install.add_argument(
        "--api-url", default=f"http://127.0.0.1:{configuration.DEFAULT_PORT}/graphql/"
    )
    install.add_argument("--app-name", default="B2B Docs")
    install.add_argument("--timeout", type=float, default=60)
    install.set_defaults(run=_install)

    rotate = commands.add_parser("rotate-key", help="replace the signing key")
    rotate.set_defaults(run=_rotate_key)
    return parser


def _export(options: argparse.Namespace) -> None:
    """Hand the options on to the settings, which read the environment."""
    if options.data:
        os.environ[configuration.DATA_DIR] = options.data
    if getattr(options, "app_url", None):
        os.environ[configuration.APP_URL] = options.app_url
    if hasattr(options, "port"):
        default = os.environ.get(configuration.PUBLIC_URL, f"http://{options.host}:{options.port}")
        os.environ[configuration.PUBLIC_URL] = options.public_url or default


def _set_up() -> None:
    import django

    keyfile.prepare(configuration.current().data_dir)
    os.environ["DJANGO_SETTINGS_MODULE"] = "saleor_sandbox.settings"
    django.setup()


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _serve(options: argparse.Namespace) -> int:
    _set_up()
    _migrate()
    if not options.no_seed:
        from saleor_sandbox.seed.loading import load

        load()
    from saleor_sandbox.server import Server

    loaded = configuration.current()
    _say(f"Saleor API: {loaded.api_url}")
    _say(f"Shop:       {loaded.public_url}/shop/")
    from django.db import connections

    # The worker is a fork: it must not inherit an open connection.
    connections.close_all()
    Server(host=options.host, port=options.port).run()
    return 0


def _seed(_options: argparse.Namespace) -> int:
    _set_up()
    _migrate()
    from saleor_sandbox.seed.loading import load

    load()
    return 0


def _rotate_key(_options: argparse.Namespace) -> int:
    _set_up()
    from saleor_sandbox import tokens

    _say(tokens.rotate_key())
    return 0


def _install(options: argparse.Namespace) -> int:
    from saleor_sandbox.install_client import InstallError, install

    try:
        app_id = install(
            api_url=options.api_url,
            manifest_url=options.manifest_url,
            app_name=options.app_name,
            timeout=options.timeout,
        )
    except InstallError as error:
        _say(f"Not installed: {error}", file=sys.stderr)
        return 1
    _say(f"Installed: {app_id}")
    return 0


def _say(text: str, file: object = None) -> None:
    stream = sys.stdout if file is None else sys.stderr
    stream.write(f"{text}\n")
    stream.flush()
