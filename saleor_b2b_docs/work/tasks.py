"""The Celery tasks: they carry a row's id and nothing else."""

from __future__ import annotations

from celery import shared_task

from saleor_b2b_docs.work.runner import hand_on_by_id, run_by_id


# Late acknowledgement: a worker that dies gives the message back. The job's row decides whether
# there is still anything to do, so a message delivered twice is harmless.
@shared_task(name="work.run_job", acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def run_job(job_id: int) -> None:
    """Run one job if it is still queued."""
    run_by_id(job_id)


# As above. It takes milliseconds.
@shared_task(name="work.hand_on", acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def hand_on(message_id: int) -> None:
    """Store the jobs that a message of the inbox makes necessary."""
    hand_on_by_id(message_id)
