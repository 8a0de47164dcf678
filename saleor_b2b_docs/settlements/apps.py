from django.apps import AppConfig


class SettlementsConfig(AppConfig):
    name = "saleor_b2b_docs.settlements"
    label = "settlements"
