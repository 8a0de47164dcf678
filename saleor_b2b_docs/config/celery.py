"""Celery for deployments with a broker: it carries job ids, the database holds the jobs."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saleor_b2b_docs.config.settings")

app = Celery("saleor_b2b_docs")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    task_ignore_result=True,
    task_default_queue="default",
    # One job at a time per process: a job takes from milliseconds to minutes.
    worker_prefetch_multiplier=1,
    # The web process must not hang in a request while a broker is away; the sweep catches up.
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        # Kombu connects again and again for some six seconds unless told not to. Workers wait for
        # a broker by settings of their own.
        "max_retries": 0,
        "interval_start": 0,
        "interval_step": 0,
    },
    task_publish_retry=False,
    # structlog is configured by the settings.
    worker_hijack_root_logger=False,
)
app.autodiscover_tasks(["saleor_b2b_docs.work"])
