/** The contracts that the visitor's companies have with suppliers. */

import type { ApiClient } from "./client.ts";
import { readList, readText, requireFields, requireText } from "./reading.ts";
import type { Fields } from "./reading.ts";

/**
 * How much of a contract's money is known. `SITE_ORDERS`: only what the shop's orders brought.
 * `INCOMPLETE`: some of it may be missing.
 */
export type Coverage = "FULL" | "SITE_ORDERS" | "INCOMPLETE";

export interface Contract {
  readonly id: string;
  /** Empty for a contract that nobody signed. */
  readonly number: string;
  readonly name: string;
  readonly currency: string;
  /** `YYYY-MM-DD` */
  readonly signedOn: string | null;
  readonly isMain: boolean;
  readonly isClosed: boolean;
  readonly supplier: string;
  readonly counterparty: string;
  readonly maySeeMoney: boolean;
  readonly coverage: Coverage;
}

export const CONTRACT_FIELDS = `id number name currency signedOn isMain isClosed maySeeMoney coverage
  supplier { name }
  counterparty { name }`;

const QUERY = `query B2BContracts {
  b2bContracts { ${CONTRACT_FIELDS} }
}`;

/** All contracts that the visitor may know of. @throws {ApiError} */
export async function fetchContracts(
  client: ApiClient,
  signal: AbortSignal,
): Promise<readonly Contract[]> {
  const data = await client.send({
    operationName: "B2BContracts",
    query: QUERY,
    variables: {},
    signal,
  });
  const { b2bContracts } = requireFields(data, "data");
  return readList(b2bContracts, { what: "contracts", read: readContract });
}

/** A contract, asked for with `CONTRACT_FIELDS`. @throws {ApiError} */
export function readContract(fields: Fields): Contract {
  return {
    id: requireText(fields["id"], "contract"),
    number: requireText(fields["number"], "contract"),
    name: readText(fields["name"]) ?? "",
    currency: requireText(fields["currency"], "contract"),
    signedOn: readText(fields["signedOn"]),
    isMain: fields["isMain"] === true,
    isClosed: fields["isClosed"] === true,
    supplier: readName(fields["supplier"]),
    counterparty: readName(fields["counterparty"]),
    maySeeMoney: fields["maySeeMoney"] === true,
    coverage: readCoverage(fields["coverage"]),
  };
}

function readName(party: unknown): string {
  return readText(requireFields(party, "party")["name"]) ?? "";
}

/** A coverage younger than this file promises nothing, so neither do we. */
function readCoverage(coverage: unknown): Coverage {
  return coverage === "FULL" || coverage === "SITE_ORDERS" ? coverage : "INCOMPLETE";
}
