from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "saleor_b2b_docs.gate"
    label = "gate"
