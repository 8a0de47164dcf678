import type { ReactiveController, ReactiveControllerHost } from "lit";

import { langOf, localeOf } from "./language.ts";
import type { Locale } from "./language.ts";

/** Keeps an element's locale equal to the `lang` in force at its place, while that changes. */
export class LocaleController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #observer: MutationObserver | null = null;
  #lang = "";
  #locale = localeOf("");

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  get locale(): Locale {
    return this.#locale;
  }

  hostConnected(): void {
    this.#observer = new MutationObserver(() => {
      this.#refresh();
    });
    // An observer sees one tree: the document and each shadow root on the way up to it.
    let root = this.#host.getRootNode();
    this.#observe(root);
    while (root instanceof ShadowRoot) {
      root = root.host.getRootNode();
      this.#observe(root);
    }
    this.#refresh();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = null;
  }

  #observe(root: Node): void {
    this.#observer?.observe(root, { subtree: true, attributeFilter: ["lang"] });
  }

  #refresh(): void {
    const lang = langOf(this.#host);
    if (lang === this.#lang) return;
    this.#lang = lang;
    this.#locale = localeOf(lang);
    this.#host.requestUpdate();
  }
}
