"""Documents from before they knew their sum, their search key and their orders learn them."""

from django.db import migrations

from saleor_b2b_docs.documents.numbers import search_key


def fill(apps, schema_editor):
    Document = apps.get_model("documents", "Document")
    DocumentOrder = apps.get_model("documents", "DocumentOrder")
    Revision = apps.get_model("documents", "Revision")
    # The ids first: what is being read is not changed meanwhile.
    for document_id in list(Document.objects.filter(search_key="").values_list("pk", flat=True)):
        document = Document.objects.select_related("order").get(pk=document_id)
        current = (
            Revision.objects.filter(document=document).defer("content").order_by("-number").first()
        )
        document.search_key = search_key(document.number)
        if current is not None:
            document.currency = current.currency
            document.gross = current.gross
        elif document.order is not None:
            document.currency = document.order.currency
            document.gross = document.order.gross
        document.save(update_fields=["search_key", "currency", "gross"])
        if document.order is not None:
            DocumentOrder.objects.get_or_create(
                document=document, order=document.order, defaults={"amount": document.gross}
            )


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_accounts"),
        ("orders", "0002_accounts"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
