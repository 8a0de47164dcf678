"""A database full of contracts' money, written by SQL, as posting would have left it.

Every contract has pairs of a waybill and its payment twenty days later over two years, and at the
end four waybills that nobody has paid for.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

OPEN = 4
"""Unpaid waybills at the end of each contract."""

_CONTRACT = "('00000000-0000-4000-8000-' || lpad(to_hex(k), 12, '0'))::uuid"
_DOCUMENT = "('00000000-0000-4000-9000-' || lpad(to_hex(first_id + 2 * i), 12, '0'))::uuid"
_AMOUNT = "1000 + i % 977"
_WAYBILL_DAY = "(date '2024-01-01' + (i * 730 / waybills)::int)"
_PAYMENT_DAY = "(date '2024-01-21' + (i * 730 / waybills)::int)"


@dataclass(frozen=True, slots=True)
class Size:
    """How many contracts of how many entries; the first contract may be a large one."""

    contracts: int
    entries: int
    largest: int

    @property
    def total(self) -> int:
        """Entries in all."""
        return (self.contracts - 1) * self.entries + self.largest


def fill(size: Size) -> None:
    """Fill the empty tables; the installation and the supplier are there, with the id 1 each."""
    statements = [
        "set session_replication_role = replica",  # the rows fit each other; no key is looked up
        "set synchronous_commit = off",
        f"""create temporary table plan as
        select k, case when k = 0 then {size.largest} else {size.entries} end as entries,
          (case when k = 0 then {size.largest} else {size.entries} end + {OPEN}) / 2 as waybills,
          case when k = 0 then 1
               else 2 * {size.largest} + (k - 1)::bigint * 2 * {size.entries} end as first_id
        from generate_series(0, {size.contracts - 1}) as k""",
        f"""insert into parties_counterparty
          (id, installation_id, name, tax_id, vat_id, address, email, created_at)
        select {_CONTRACT}, 1, 'Company ' || k, '', '', '', '', now() from plan""",
        f"""insert into parties_contract
          (id, supplier_id, counterparty_id, number, name, currency, is_main, is_closed, coverage,
           credit_limit, created_at)
        select {_CONTRACT}, 1, {_CONTRACT}, k::text, '', 'UAH', true, false, 'full',
          1000000, now()
        from plan""",
        f"""insert into parties_member
          (counterparty_id, user_id, email, name, role, source, created_at)
        select {_CONTRACT}, 'user-' || k, '', '', 'owner', 'staff', now() from plan""",
        f"""insert into documents_document
          (id, installation_id, supplier_id, kind, origin, counterparty_id, contract_id, number,
           search_key, issued_on, issued_at, currency, gross)
        select {_DOCUMENT}, 1, 1, 'waybill', 'received', {_CONTRACT}, {_CONTRACT}, 'W-' || i,
          'w' || i, {_WAYBILL_DAY}, {_WAYBILL_DAY}, 'UAH', {_AMOUNT}
        from plan, generate_series(0, waybills - 1) as i""",
        f"""insert into documents_revision
          (document_id, number, content, pictures, fingerprint, currency, gross, created_at,
           pdf_name, pdf_is_void, forms_version)
        select {_DOCUMENT}, 1, '{{}}', '{{}}', '', 'UAH', {_AMOUNT}, {_WAYBILL_DAY}, '',
          false, ''
        from plan, generate_series(0, waybills - 1) as i""",
        f"""insert into settlements_entry
          (id, contract_id, kind, subtype, amount, effective_on, recorded_at, reference, number,
           document_on, document_id, document_currency, terms_days, comment)
        select first_id + 2 * i, {_CONTRACT}, 'waybill', '', {_AMOUNT}, {_WAYBILL_DAY}, now(),
          'w:' || k || ':' || lpad(i::text, 6, '0'), 'W-' || i, {_WAYBILL_DAY},
          {_DOCUMENT}, '', 14, ''
        from plan, generate_series(0, waybills - 1) as i""",
        f"""insert into settlements_entry
          (id, contract_id, kind, subtype, amount, effective_on, recorded_at, reference, number,
           document_on, document_currency, comment)
        select first_id + 2 * i + 1, {_CONTRACT}, 'payment', '', -({_AMOUNT}), {_PAYMENT_DAY},
          now(), 'p:' || k || ':' || lpad(i::text, 6, '0'), 'P-' || i, {_PAYMENT_DAY}, '', ''
        from plan, generate_series(0, waybills - {OPEN} - 1) as i""",
        """insert into settlements_posting
          (installation_id, reference, entry_id, fingerprint, due_parts, are_parts_given)
        select 1, reference, id, '',
          case when amount > 0
               then jsonb_build_array(jsonb_build_array((effective_on + 14)::text, amount)) end,
          false
        from settlements_entry order by id""",
        f"""insert into settlements_duepart
          (id, contract_id, entry_id, position, due_on, amount, residual)
        select first_id + 2 * i, {_CONTRACT}, first_id + 2 * i, 0, {_WAYBILL_DAY} + 14,
          {_AMOUNT}, case when i >= waybills - {OPEN} then {_AMOUNT} else 0 end
        from plan, generate_series(0, waybills - 1) as i""",
        f"""insert into settlements_credit (contract_id, entry_id, residual, reserved)
        select {_CONTRACT}, first_id + 2 * i + 1, 0, 0
        from plan, generate_series(0, waybills - {OPEN} - 1) as i""",
        f"""insert into settlements_allocation (contract_id, credit_id, due_part_id, amount, rule)
        select {_CONTRACT}, first_id + 2 * i + 1, first_id + 2 * i, {_AMOUNT}, 'oldest'
        from plan, generate_series(0, waybills - {OPEN} - 1) as i""",
        f"""insert into settlements_payment
          (id, contract_id, reference, number, search_key, received_on, amount, method, purpose,
           source, is_provisional, order_id, entry_id, created_at)
        select ('00000000-0000-4000-a000-' || lpad(to_hex(first_id + 2 * i), 12, '0'))::uuid,
          {_CONTRACT}, 'p:' || k || ':' || lpad(i::text, 6, '0'), 'P-' || i, 'p' || i,
          {_PAYMENT_DAY}, {_AMOUNT}, 'bank', '', 'accounting', false, '',
          first_id + 2 * i + 1, now()
        from plan, generate_series(0, waybills - {OPEN} - 1) as i""",
        """insert into settlements_monthturnover (contract_id, month, debit, credit)
        select contract_id, date_trunc('month', effective_on)::date,
          coalesce(sum(amount) filter (where amount > 0), 0),
          coalesce(-sum(amount) filter (where amount < 0), 0)
        from settlements_entry group by 1, 2""",
        """insert into settlements_contractfigures
          (contract_id, debt, advance, reserved, open_orders, last_effective_on, last_reference,
           updated_at)
        select e.contract_id, sum(e.amount), 0, 0, 0, (array_agg(e.effective_on order by
          e.effective_on desc, e.reference collate "C" desc))[1], (array_agg(e.reference order by
          e.effective_on desc, e.reference collate "C" desc))[1], now()
        from settlements_entry e group by 1""",
        "set session_replication_role = default",
        *(
            f"select setval(pg_get_serial_sequence('{table}', 'id'), (select max(id) from {table}))"
            for table in ("settlements_entry", "settlements_duepart")
        ),
    ]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("vacuum analyze")
