from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "saleor_b2b_docs.work"
    label = "work"
