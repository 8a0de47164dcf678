/**
 * Languages of the elements, and which one an element speaks.
 *
 * Why dictionaries of our own and not @lit/localize in its runtime mode: there the language is one
 * for the whole page, while here it is the element's (a shop may show two languages side by side,
 * and an account page may mark a part of itself with `lang`). Its locales are modules loaded on
 * demand, and the bundle is one file that a shop may copy to its own origin. A dictionary is an
 * object of a declared type: a text missing in one language doesn't compile.
 */

export type Language = "en" | "ru" | "uk";

/** The texts of one subject in each language. */
export type Dictionary<Texts> = Readonly<Record<Language, Texts>>;

export interface Locale {
  /** Chooses the texts. */
  readonly language: Language;
  /** Chooses the way numbers and dates are written: may carry a country, e.g. `uk-UA`. */
  readonly tag: string;
}

/** Without a country "en" means the American order of day and month, which few buyers share. */
const DEFAULT_TAGS: Dictionary<string> = { en: "en-GB", ru: "ru", uk: "uk" };

/** The locale for a `lang` value; English for a language that has no texts and for nonsense. */
export function localeOf(lang: string): Locale {
  const tag = lang.trim().replaceAll("_", "-");
  const language = tag.split("-", 1)[0]?.toLowerCase();
  if (language !== "en" && language !== "ru" && language !== "uk") {
    return { language: "en", tag: DEFAULT_TAGS.en };
  }
  const isBare = tag.length === language.length;
  return { language, tag: !isBare && isValidTag(tag) ? tag : DEFAULT_TAGS[language] };
}

function isValidTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The `lang` in force at an element: its own, or the nearest above, through shadow roots too. */
export function langOf(element: Element): string {
  let node: Node | null = element;
  while (node !== null) {
    const lang: string | null = node instanceof Element ? node.getAttribute("lang") : null;
    if (lang !== null && lang.trim() !== "") return lang;
    node = node instanceof ShadowRoot ? node.host : node.parentNode;
  }
  return "";
}
