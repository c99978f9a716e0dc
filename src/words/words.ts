import { createInstance, type TFunction } from 'i18next';
import { en } from './en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}

/** Looks up a sentence by its key in `en.ts` and fills it in. */
export type Words = TFunction;

const FALLBACK = 'en';

/** Add a translation here: its Discord locale (discord.com/developers/docs/reference#locales). */
const languages = { en } as const;

const i18n = createInstance();
await i18n.init({
  resources: Object.fromEntries(
    Object.entries(languages).map(([locale, translation]) => [locale, { translation }]),
  ),
  fallbackLng: FALLBACK,
  // Discord is no browser: escaping for HTML would garble names.
  interpolation: { escapeValue: false },
});

const known = new Map<string, Words>();
/** Discord has some thirty locales; whatever else is sent as one is not remembered. */
const MOST_KNOWN = 100;

/** The sentences in a Discord locale, or in English where it has no translation. */
export function wordsFor(locale: string): Words {
  const words = known.get(locale) ?? i18n.getFixedT(locale);
  if (known.size < MOST_KNOWN) known.set(locale, words);
  return words;
}

/** A description for Discord's command list: the English one, and every translation there is. */
export function described(describe: (words: Words) => string) {
  return {
    description: describe(wordsFor(FALLBACK)),
    description_localizations: translated(describe),
  };
}

/** The same for the name of a choice or of a message command. */
export function named(name: (words: Words) => string) {
  return { name: name(wordsFor(FALLBACK)), name_localizations: translated(name) };
}

function translated(text: (words: Words) => string): Record<string, string> {
  const locales = Object.keys(languages).filter((locale) => locale !== FALLBACK);
  return Object.fromEntries(locales.map((locale) => [locale, text(wordsFor(locale))]));
}
