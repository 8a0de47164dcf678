from django.apps import AppConfig


class OneCConfig(AppConfig):
    name = "saleor_b2b_docs.onec"
    label = "onec"
