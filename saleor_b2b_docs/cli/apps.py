from django.apps import AppConfig


class CommandsConfig(AppConfig):
    name = "saleor_b2b_docs.cli"
    label = "commands"
