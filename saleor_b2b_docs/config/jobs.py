"""The tables of work: what runs a job, where, and for how long; what hands on a message."""

from __future__ import annotations

import datetime as dt

from saleor_b2b_docs.work.specs import JobSpec, Lane

_MINUTES = dt.timedelta(minutes=1)

JOBS = {
    spec.name: spec
    for spec in (
        JobSpec("gate.process_order", "saleor_b2b_docs.gate.jobs.process_order"),
        JobSpec("gate.answer_invoice_request", "saleor_b2b_docs.gate.jobs.answer_invoice_request"),
        JobSpec("gate.look_for_order", "saleor_b2b_docs.gate.jobs.look_for_order"),
        JobSpec("gate.adopt_guest_orders", "saleor_b2b_docs.gate.jobs.adopt_guest_orders"),
        # Ten minutes: after a long outage there are many pages to read.
        JobSpec("gate.catch_up", "saleor_b2b_docs.gate.jobs.catch_up", time_limit=10 * _MINUTES),
        # Saleor gives up on a delivery after about five minutes, so this often is soon enough to
        # hide an outage of ours, and rare enough to cost nothing.
        JobSpec("gate.catch_up_all", "saleor_b2b_docs.gate.jobs.catch_up_all", every=2 * _MINUTES),
        JobSpec("parties.identify", "saleor_b2b_docs.gate.jobs.identify_buyer"),
        # Ten minutes: a buyer of many years may have thousands of orders.
        JobSpec(
            "orders.adopt_contracts",
            "saleor_b2b_docs.gate.jobs.adopt_contracts",
            time_limit=10 * _MINUTES,
        ),
        JobSpec(
            "documents.adopt_merged",
            "saleor_b2b_docs.documents.jobs.adopt_merged",
            # A counterparty's papers of all years move in one statement.
            time_limit=10 * _MINUTES,
        ),
        JobSpec(
            "documents.follow_contracts",
            "saleor_b2b_docs.documents.jobs.follow_contracts",
            time_limit=10 * _MINUTES,  # as above
        ),
        JobSpec(
            "documents.render",
            "saleor_b2b_docs.documents.jobs.render",
            lane=Lane.RENDERING,
            # A thousand lines take under a second; what takes longer than this is stuck.
            time_limit=3 * _MINUTES,
        ),
        JobSpec("documents.mail_link", "saleor_b2b_docs.documents.jobs.mail_link"),
        JobSpec(
            "onec.apply_delivery",
            "saleor_b2b_docs.onec.channels.events.jobs.apply_delivery",
            # 500 events with all their lines, behind others of the same base.
            time_limit=5 * _MINUTES,
        ),
        JobSpec(
            "onec.apply_waiting",
            "saleor_b2b_docs.onec.channels.events.jobs.apply_waiting",
            every=2 * _MINUTES,
        ),
        JobSpec(
            "onec.report_contract",
            "saleor_b2b_docs.onec.into_saleor.jobs.report_contract",
            # A buyer of many years may have tens of thousands of orders.
            time_limit=10 * _MINUTES,
        ),
        JobSpec("onec.report_order", "saleor_b2b_docs.onec.into_saleor.jobs.report_order"),
        JobSpec(
            "onec.offer_recent_orders",
            "saleor_b2b_docs.onec.orders_out.jobs.offer_recent_orders",
            # A big shop has tens of thousands of open orders.
            time_limit=10 * _MINUTES,
        ),
        JobSpec(
            "onec.import_upload",
            "saleor_b2b_docs.onec.exchange.jobs.import_upload",
            lane=Lane.ONEC,
            # A first exchange may bring a million documents. A worker of this host that died is
            # noticed much sooner.
            time_limit=dt.timedelta(hours=6),
        ),
        JobSpec(
            "onec.forget_sessions",
            "saleor_b2b_docs.onec.exchange.jobs.forget_sessions",
            every=dt.timedelta(hours=1),
        ),
        JobSpec("work.hand_on_again", "saleor_b2b_docs.work.services.hand_on_again"),
        JobSpec("saleor.refresh", "saleor_b2b_docs.saleor.jobs.refresh"),
        JobSpec(
            "saleor.refresh_all", "saleor_b2b_docs.saleor.jobs.refresh_all", every=15 * _MINUTES
        ),
        JobSpec("saleor.sync_webhooks", "saleor_b2b_docs.webhooks.saleor_events.registry.sync"),
        JobSpec("saleor.upgrade", "saleor_b2b_docs.saleor.jobs.upgrade", every=5 * _MINUTES),
    )
}

INBOX = {"saleor": "saleor_b2b_docs.webhooks.saleor_events.inbox.hand_on"}

EXPORTS = {
    "documents.zip": "saleor_b2b_docs.documents.exports.archive.documents_zip",
    "documents.pdf": "saleor_b2b_docs.documents.exports.merged.documents_pdf",
    "balance.xlsx": "saleor_b2b_docs.settlements.exports.balance.balance_xlsx",
    "balance.csv": "saleor_b2b_docs.settlements.exports.balance.balance_csv",
}
"""What makes the file of each kind of export: see documents/exports/registry.py."""
