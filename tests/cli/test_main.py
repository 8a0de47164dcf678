"""The command line: what it takes, where it leads, and its exit codes."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from saleor_b2b_docs import __version__
from saleor_b2b_docs.cli import children, demo, doctor, retry, serve, worker
from saleor_b2b_docs.cli.main import main


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What a command was told; each ends with the exit code 7."""
    told: dict[str, Any] = {}

    def record(**options: Any) -> int:
        told.update(options)
        return 7

    def record_child(kind: str, options: str) -> int:
        return record(kind=kind, options=options)

    for module in (demo, doctor, retry, serve, worker):
        monkeypatch.setattr(module, "run", record)
    monkeypatch.setattr(children, "run", record_child)
    return told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["serve"], {"host": "127.0.0.1", "port": 8000, "processes": 2}),
        (
            ["serve", "--host", "0.0.0.0", "--port", "80", "--processes", "4"],  # noqa: S104 - an option
            {"host": "0.0.0.0", "port": 80, "processes": 4},  # noqa: S104 - as above
        ),
        (["worker"], {"lanes": ["default", "rendering", "onec"], "concurrency": 2}),
        (
            ["worker", "--lanes", "rendering", "--concurrency", "8"],
            {"lanes": ["rendering"], "concurrency": 8},
        ),
        (["demo"], {"check": False, "port": 0, "shop_port": 0}),
        (
            ["demo", "--check", "--port", "1", "--shop-port", "2"],
            {"check": True, "port": 1, "shop_port": 2},
        ),
        (["retry"], {"job_id": None, "retry_all": False}),
        (["retry", "17"], {"job_id": 17, "retry_all": False}),
        (["retry", "--all"], {"job_id": None, "retry_all": True}),
        (["doctor"], {"as_json": False}),
        (["doctor", "--json"], {"as_json": True}),
        (["child", "web", "{}"], {"kind": "web", "options": "{}"}),
    ],
)
def test_each_command_is_told_its_options_and_gives_the_exit_code(
    called: dict[str, Any], arguments: list[str], told: dict[str, Any]
) -> None:
    # when
    code = main(arguments)

    # then
    assert (code, called) == (7, told)


def test_without_arguments_those_of_the_process_are_taken(
    called: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    monkeypatch.setattr(sys, "argv", ["b2b-docs", "retry", "5"])

    # when / then
    assert main() == 7
    assert called["job_id"] == 5


@pytest.mark.parametrize(
    "arguments",
    [[], ["unknown"], ["retry", "x"], ["serve", "--port", "x"], ["child", "other", "{}"]],
)
def test_what_it_does_not_understand_is_refused(
    called: dict[str, Any], arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    # when
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    # then
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: b2b-docs")
    assert called == {}


def test_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    # when
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    # then
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"{__version__}\n"


def test_its_help_names_what_people_use(capsys: pytest.CaptureFixture[str]) -> None:
    # when
    with pytest.raises(SystemExit):
        main(["--help"])

    # then
    text = capsys.readouterr().out
    for command in ("serve", "worker", "demo", "retry", "doctor", "manage"):
        assert f"\n    {command} " in text


def test_manage_hands_over_to_django(capsys: pytest.CaptureFixture[str]) -> None:
    # when
    code = main(["manage", "diffsettings", "--default", "tests.settings", "--output", "unified"])

    # then
    assert code == 0


def test_a_lane_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    # when
    code = main(["worker", "--lanes", "default,printing"])

    # then
    assert code == 2
    assert capsys.readouterr().err == (
        "There is no lane printing; there are default, rendering, onec.\n"
    )


def test_the_demo_says_what_it_lacks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    monkeypatch.setitem(sys.modules, "saleor_sandbox.demo", None)

    # when
    code = demo.run(check=True, port=0, shop_port=0)

    # then
    assert code == 1
    assert "pip install 'saleor-b2b-docs[sandbox]'" in capsys.readouterr().err
