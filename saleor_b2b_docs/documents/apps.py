from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "saleor_b2b_docs.documents"
    label = "documents"
