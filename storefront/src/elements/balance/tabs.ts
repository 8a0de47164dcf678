import { html } from "lit";
import type { TemplateResult } from "lit";

export interface Tab<Name extends string> {
  readonly name: Name;
  readonly label: string;
}

export interface TabListOptions<Name extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Name>[];
  readonly chosen: Name;
  readonly onChoose: (name: Name) => void;
}

/** Tabs of one panel with the id "table"; arrows move between them, as readers expect of tabs. */
export function tabList<Name extends string>(options: TabListOptions<Name>): TemplateResult {
  const { label, tabs, chosen, onChoose } = options;
  return html`<div
    role="tablist"
    part="tabs"
    aria-label=${label}
    @keydown=${(event: KeyboardEvent) => {
      onKey(event, options);
    }}
  >
    ${tabs.map(
      (tab) =>
        html`<button
          id="tab-${tab.name}"
          part="tab"
          type="button"
          role="tab"
          aria-selected=${tab.name === chosen ? "true" : "false"}
          aria-controls="table"
          tabindex=${tab.name === chosen ? 0 : -1}
          @click=${() => {
            onChoose(tab.name);
          }}
        >
          ${tab.label}
        </button>`,
    )}
  </div>`;
}

function onKey<Name extends string>(
  event: KeyboardEvent,
  { tabs, chosen, onChoose }: TabListOptions<Name>,
): void {
  const current = tabs.findIndex(({ name }) => name === chosen);
  const next = {
    ArrowLeft: current - 1,
    ArrowRight: current + 1,
    Home: 0,
    End: -1,
  }[event.key];
  const tab = next === undefined ? undefined : tabs.at(next % tabs.length);
  if (tab === undefined) return;
  event.preventDefault();
  onChoose(tab.name);
  const list = event.currentTarget as Element;
  list.querySelector<HTMLElement>(`#tab-${tab.name}`)?.focus();
}
