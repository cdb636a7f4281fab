import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** Turns a key of `_locales` into a sentence; `$1` … `$9` in it are the substitutions, in order. */
export type Words = (key: string, ...substitutions: string[]) => string;

/** One message as Chrome's `_locales/<language>/messages.json` holds it. */
export type Message = {
  message: string;
  description?: string;
  placeholders?: Record<string, { content: string; example?: string }>;
};

const WordsContext = createContext<Words | null>(null);

/**
 * Hands the words to every component below. An entrypoint gives `browser.i18n.getMessage`, the gallery and the tests a
 * look-up over messages.json: components never call chrome.
 */
export const WordsProvider = ({ words, children }: { words: Words; children: ComponentChildren }) => (
  <WordsContext.Provider value={words}>{children}</WordsContext.Provider>
);

/** The words of the page that this component stands on. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('a page must hand in its words: wrap it in <WordsProvider>');
  return words;
}

/**
 * The same look-up as Chrome's, over a messages.json: `$NAME$` takes a placeholder's content, `$1` a substitution,
 * `$$` is a dollar. Chrome answers a missing key with nothing; here the key itself shows, so that somebody notices.
 */
export function wordsFrom(messages: Record<string, Message>): Words {
  return (key, ...substitutions) => {
    const found = Object.hasOwn(messages, key) ? messages[key] : undefined;
    if (!found) return key;
    const placeholders = new Map(
      Object.entries(found.placeholders ?? {}).map(([name, { content }]) => [name.toLowerCase(), content]),
    );
    return found.message
      .replace(
        /\$([a-z0-9_@]*[a-z_@][a-z0-9_@]*)\$/gi,
        (whole, name: string) => placeholders.get(name.toLowerCase()) ?? whole,
      )
      .replace(/\$(\$|[1-9])/g, (_, which: string) =>
        which === '$' ? '$' : (substitutions[Number(which) - 1] ?? ''),
      );
  };
}
