import type { ComponentChildren } from 'preact';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { type Words, WordsProvider } from '../../components/words.tsx';
import '../../components/tokens.css';
import '../../components/font.css';

/** The browser's own words for a key of `_locales`. */
export const words: Words = (key, ...substitutions) =>
  (browser.i18n.getMessage as (key: string, substitutions: string[]) => string)(key, substitutions);

/** Puts a page on the screen, or brings it up to date. */
export function show(title: string, page: ComponentChildren): void {
  document.title = title;
  const root = document.getElementById('page');
  if (root) render(<WordsProvider words={words}>{page}</WordsProvider>, root);
}
