/** Long lists, which come a page at a time. */

import { isRecord } from "./client.ts";
import { malformed, readCount, readList, readText, requireFields } from "./reading.ts";
import type { Fields } from "./reading.ts";

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** What the next page comes after. */
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
  /** `null` where the app didn't count. */
  readonly totalCount: number | null;
}

/** Where a page begins and how many rows it has at most. */
export interface PageRequest {
  readonly first: number;
  readonly after: string | null;
  readonly signal: AbortSignal;
}

/** The largest page that the app answers. */
export const LARGEST_PAGE = 100;

/** A page of a connection. @throws {ApiError} */
export function readPage<Row>(
  connection: unknown,
  { what, read }: { readonly what: string; readonly read: (node: Fields) => Row },
): Page<Row> {
  const { edges, pageInfo, totalCount } = requireFields(connection, what);
  if (!isRecord(pageInfo)) throw malformed(what);
  const rows = readList(edges, { what, read: ({ node }) => read(requireFields(node, what)) });
  const endCursor = readText(pageInfo["endCursor"]);
  return {
    rows,
    endCursor,
    hasNextPage: pageInfo["hasNextPage"] === true && endCursor !== null,
    totalCount: readCount(totalCount),
  };
}
