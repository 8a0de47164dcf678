"""Why two things may be the same."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a match is suggested."""

    TAX_ID = "tax_id"
    COMPANY_NAME = "company_name"
    PUBLIC_METADATA = "public_metadata"
    UNCONFIRMED_EMAIL = "unconfirmed_email"
    SHARED_EMAIL = "shared_email"
    """A confirmed e-mail that several counterparties have."""
    SHARED_REFERENCE = "shared_reference"
    """An external reference that several accounting systems know, each as somebody else."""
    NOTHING = "nothing"
    """Nobody is known to fit what the user says of himself."""
    REMOVED = "removed"
    """Not a suggestion: he was a member and was removed, so nothing makes him one by itself."""
