/**
 * Registers an element unless its name is taken: a page may load the bundle twice (two root
 * layouts, a tag manager), and the second registration would throw and stop the whole script.
 */
export function defineElement(name: string, element: CustomElementConstructor): void {
  if (customElements.get(name) === undefined) customElements.define(name, element);
}
