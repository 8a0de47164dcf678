"""Writing the seed into the database. Repeating it changes nothing and adds nothing."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.auth.hashers import make_password

from saleor_sandbox.models import (
    Address,
    Category,
    Channel,
    Product,
    ProductVariant,
    ShippingListing,
    ShippingMethod,
    Stock,
    TaxClass,
    TaxRate,
    User,
    VariantListing,
    Voucher,
    Warehouse,
)
from saleor_sandbox.permissions import PERMISSIONS
from saleor_sandbox.seed import catalogue, people
from saleor_sandbox.seed.catalogue import ProductSeed, VariantSeed
from saleor_sandbox.seed.people import BuyerSeed
from saleor_sandbox.writes import writing


def load() -> None:
    """Add what is not there yet; what a tester has changed stays as it is."""
    with writing():
        _channels()
        reduced = _taxes()
        _goods(reduced)
        _shipping()
        _vouchers()
        _staff()
        for buyer in people.BUYERS:
            _buyer(buyer)


def _channels() -> None:
    for seed in catalogue.CHANNELS:
        Channel.objects.get_or_create(
            slug=seed.slug,
            defaults={
                "name": seed.name,
                "currency_code": seed.currency,
                "default_country": seed.country,
                "prices_entered_with_tax": seed.entered_with_tax,
                "display_gross_prices": seed.entered_with_tax,
                "automatically_confirm_all_new_orders": seed.confirms_by_itself,
                # Wholesale is on account: the goods go first, the money comes by invoice.
                "allow_unpaid_orders": True,
            },
        )


def _taxes() -> TaxClass:
    reduced, _ = TaxClass.objects.get_or_create(name=catalogue.REDUCED_TAX_CLASS)
    for country, (usual, medical) in catalogue.TAX_RATES.items():
        for tax_class, rate in ((None, usual), (reduced, medical)):
            TaxRate.objects.get_or_create(
                tax_class=tax_class, country=country, defaults={"rate": Decimal(rate)}
            )
    return reduced


def _goods(reduced: TaxClass) -> None:
    categories = {}
    for position, shelf in enumerate(catalogue.CATEGORIES):
        categories[shelf.slug], _ = Category.objects.get_or_create(
            slug=shelf.slug,
            defaults={
                "name": shelf.uk,
                "names": {"ru": shelf.ru, "en": shelf.en},
                "position": position,
            },
        )
    channels = {channel.slug: channel for channel in Channel.objects.all()}
    for slug, (name, _) in catalogue.WAREHOUSES.items():
        Warehouse.objects.get_or_create(slug=slug, defaults={"name": name})
    for seed in catalogue.PRODUCTS:
        product, _ = Product.objects.get_or_create(
            slug=seed.slug,
            defaults={
                "name": seed.uk,
                "names": {"ru": seed.ru, "en": seed.en},
                "description": seed.description,
                "category": categories[seed.category],
                "tax_class": reduced if seed.reduced_tax else None,
                "metadata": {"unit": seed.unit},
            },
        )
        for variant in seed.variants:
            _variant(product, seed, variant, channels)


def _variant(
    product: Product, seed: ProductSeed, variant_seed: VariantSeed, channels: dict[str, Channel]
) -> None:
    variant, _ = ProductVariant.objects.get_or_create(
        sku=variant_seed.sku,
        defaults={
            "product": product,
            "name": variant_seed.name,
            "metadata": {"unit": seed.unit},
        },
    )
    for warehouse in Warehouse.objects.all():
        share = catalogue.WAREHOUSES[warehouse.slug][1]
        Stock.objects.get_or_create(
            variant=variant,
            warehouse=warehouse,
            defaults={"quantity": seed.stock * share // 100},
        )
    for channel_seed in catalogue.CHANNELS:
        on_sale = channel_seed.slug == "ua" and variant_seed.sale_uah
        VariantListing.objects.get_or_create(
            variant=variant,
            channel=channels[channel_seed.slug],
            defaults={
                "price": Decimal(getattr(variant_seed, channel_seed.price_of)),
                "sale_price": Decimal(variant_seed.sale_uah) if on_sale else None,
                "sale_name": catalogue.SALE_NAME if on_sale else "",
            },
        )


def _shipping() -> None:
    channels = {channel.slug: channel for channel in Channel.objects.all()}
    for seed in catalogue.SHIPPING:
        method, _ = ShippingMethod.objects.get_or_create(
            name=seed.uk,
            defaults={
                "names": {"ru": seed.ru, "en": seed.en},
                "minimum_delivery_days": seed.days[0],
                "maximum_delivery_days": seed.days[1],
            },
        )
        for slug, price in seed.prices.items():
            ShippingListing.objects.get_or_create(
                method=method, channel=channels[slug], defaults={"price": price}
            )


def _vouchers() -> None:
    for code, name, percentage, amounts in catalogue.VOUCHERS:
        Voucher.objects.get_or_create(
            code=code, defaults={"name": name, "percentage": percentage, "amounts": amounts}
        )


def _staff() -> None:
    User.objects.get_or_create(
        email=people.STAFF_EMAIL,
        defaults={
            "password": make_password(people.STAFF_PASSWORD),
            "first_name": "Остап",
            "last_name": "Каштаненко",
            "is_staff": True,
            "permissions": list(PERMISSIONS),
            "language_code": "uk",
        },
    )


def _buyer(seed: BuyerSeed) -> None:
    user, created = User.objects.get_or_create(
        email=seed.email,
        defaults={
            "password": make_password(people.PASSWORD),
            "first_name": seed.first_name,
            "last_name": seed.last_name,
            "language_code": seed.language,
            "metadata": {"channel": seed.channel},
        },
    )
    if not created:
        return
    user.default_billing_address = _address(user, seed, seed.street)
    user.default_shipping_address = _address(user, seed, seed.warehouse_street)
    user.save()


def _address(user: User, seed: BuyerSeed, street: str) -> Address:
    return Address.objects.create(
        owner=user,
        first_name=seed.first_name,
        last_name=seed.last_name,
        company_name=seed.company,
        street_address_1=street,
        city=seed.city,
        postal_code=seed.postal_code,
        country=seed.country,
        phone=seed.phone,
        metadata={"vatId": seed.vat_id, "registrationNumber": seed.registration},
    )
