from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from pytest_django import Settings

from saleor_b2b_docs.saleor.sealing import UnsealingFailed, seal, unseal


def test_a_sealed_secret_is_read_back_and_not_readable_meanwhile() -> None:
    sealed = seal("app-token")

    assert "app-token" not in sealed
    assert unseal(sealed) == "app-token"


def test_the_same_secret_is_never_sealed_alike() -> None:
    assert seal("app-token") != seal("app-token")


def test_a_secret_survives_the_rotation_of_keys(settings: Settings) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.ENCRYPTION_KEYS = [old]
    sealed = seal("app-token")

    settings.ENCRYPTION_KEYS = [new, old]
    assert unseal(sealed) == "app-token"
    resealed = seal(unseal(sealed))

    settings.ENCRYPTION_KEYS = [new]
    assert unseal(resealed) == "app-token"
    with pytest.raises(UnsealingFailed):
        unseal(sealed)


def test_a_lost_key_is_said_and_the_secret_is_not(settings: Settings) -> None:
    sealed = seal("app-token")
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(UnsealingFailed) as failure:
        unseal(sealed)

    assert sealed not in str(failure.value)


@pytest.mark.parametrize("sealed", ["", "garbage", "gAAAAABm-almost-a-fernet-token"])
def test_what_was_never_sealed_is_refused(sealed: str) -> None:
    with pytest.raises(UnsealingFailed):
        unseal(sealed)
