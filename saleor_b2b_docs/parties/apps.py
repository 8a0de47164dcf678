from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "saleor_b2b_docs.parties"
    label = "parties"
