"""The typed client of one installation."""

from __future__ import annotations

from django.conf import settings

from saleor_b2b_docs.saleor import queries
from saleor_b2b_docs.saleor.api.client import SaleorOperations
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.sealing import unseal
from saleor_b2b_docs.work.errors import PermanentFailure, TemporaryFailure


def client_of(installation: Installation) -> SaleorOperations:
    """A client with the app's token of this installation. Use it as a context manager."""
    return SaleorOperations(
        installation.api_url,
        unseal(installation.encrypted_token),
        timeout=settings.SALEOR_TIMEOUT_SECONDS,
    )


def active_installation(installation_id: int | None) -> Installation:
    """The installation a job is for.

    Raises PermanentFailure when the app is gone from there, and TemporaryFailure while the
    merchant has it switched off, since its token is not accepted then.
    """
    installation = queries.installation(installation_id) if installation_id else None
    if installation is None:
        raise PermanentFailure("UNINSTALLED", "the app is no longer installed at this Saleor")
    if not installation.is_active:
        raise TemporaryFailure("the app is switched off at this Saleor")
    return installation
