"""Celery apps with other brokers than the one of a deployment."""

from __future__ import annotations

from celery import Celery

from saleor_b2b_docs.config.celery import app as deployed

in_memory = Celery("in-memory", broker="memory://", set_as_current=False)
unreachable = Celery("unreachable", broker="amqp://127.0.0.1:1//", set_as_current=False)
unreachable.conf.broker_transport_options = dict(deployed.conf.broker_transport_options)
