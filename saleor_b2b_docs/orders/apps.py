from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "saleor_b2b_docs.orders"
    label = "orders"
