from django.apps import AppConfig


class SaleorConfig(AppConfig):
    name = "saleor_b2b_docs.saleor"
    label = "saleor"
