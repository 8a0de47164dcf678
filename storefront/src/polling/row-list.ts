/** A long list that grows a page at a time, and is renewed as long as it has grown. */

import { LARGEST_PAGE } from "../api/pages.ts";
import type { Page, PageRequest } from "../api/pages.ts";
import { Loader } from "./loader.ts";
import type { LoadContext } from "./loader.ts";

export interface RowListOptions<Filters, Answer> {
  /** `null` where there is nothing for this visitor. */
  readonly fetchPage: (filters: Filters, request: PageRequest) => Promise<Answer | null>;
  readonly onChange: () => void;
  readonly pageSize: number;
  readonly maxAgeMs: number;
}

interface Question<Filters> {
  readonly filters: Filters;
  readonly isMore: boolean;
}

/** `page` is `null` where there is nothing for this visitor. */
interface Loaded<Answer> {
  readonly page: Answer | null;
}

export class RowList<Filters, Answer extends Page<unknown>> {
  readonly loader: Loader<Question<Filters>, Loaded<Answer>>;
  readonly #options: RowListOptions<Filters, Answer>;

  constructor(options: RowListOptions<Filters, Answer>) {
    this.#options = options;
    this.loader = new Loader({
      load: (question, context) => this.#load(question, context),
      onChange: options.onChange,
      maxAgeMs: options.maxAgeMs,
    });
  }

  /** All rows so far; `undefined` before the first answer, `null` as in the options. */
  get page(): Answer | null | undefined {
    return this.loader.answer?.page;
  }

  /** Whether what is under way, or what failed, was the question for more. */
  get isMore(): boolean {
    return this.loader.question?.isMore ?? false;
  }

  ask(filters: Filters): void {
    this.loader.ask({ filters, isMore: false });
  }

  more(): void {
    const { question, isLoading } = this.loader;
    if (question === null || isLoading || !this.page?.hasNextPage) return;
    this.loader.ask({ filters: question.filters, isMore: true });
  }

  async #load(
    { filters, isMore }: Question<Filters>,
    { answer, isRenewal, signal }: LoadContext<Loaded<Answer>>,
  ): Promise<Loaded<Answer>> {
    const known = answer?.page ?? null;
    if (isMore && !isRenewal && known !== null) {
      const { pageSize: first } = this.#options;
      return { page: await this.#append(filters, known, { first, signal }) };
    }
    const wanted = isRenewal ? (known?.rows.length ?? 0) : 0;
    return { page: await this.#fetch(filters, wanted, signal) };
  }

  /** From the start: as many rows as are wanted, one page at least. */
  async #fetch(filters: Filters, wanted: number, signal: AbortSignal): Promise<Answer | null> {
    const sizeOf = (rows: number): number =>
      Math.min(Math.max(rows, this.#options.pageSize), LARGEST_PAGE);
    const start = { first: sizeOf(wanted), after: null, signal };
    let page = await this.#options.fetchPage(filters, start);
    while (page !== null && page.hasNextPage && page.rows.length < wanted) {
      const first = sizeOf(wanted - page.rows.length);
      page = await this.#append(filters, page, { first, signal });
    }
    return page;
  }

  async #append(
    filters: Filters,
    page: Answer,
    { first, signal }: { readonly first: number; readonly signal: AbortSignal },
  ): Promise<Answer | null> {
    const { fetchPage } = this.#options;
    const next = await fetchPage(filters, { first, after: page.endCursor, signal });
    return next === null ? null : { ...next, rows: [...page.rows, ...next.rows] };
  }
}
