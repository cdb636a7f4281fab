import { type Address, parseAddress } from '../rules/address.ts';
import { type Asked, judge } from '../rules/decide.ts';
import { engineOf } from '../rules/search-engines.ts';
import { closed, type Verdict } from '../rules/verdict.ts';
import type { Holds } from './holding.ts';
import type { IsIllegal } from './illegal.ts';

type ClosedVerdict = Verdict & { open: false };

/** What a tab shows, by its address: `view-source:` shows the same page as text. */
export const shownIn = (url: string): string => url.replace(/^view-source:/i, '');

/** A window without an address of its own, however it is spelled: it shows what some page wrote into it. */
export const isEmptyWindow = (url: string): boolean => /^about:blank/i.test(url);

/**
 * The address with every needless escape written out (`/%67ames` is `/games`), or null where there is none. Most
 * servers read both alike; Chrome's rules compare letters (CHROME-FACTS 5).
 */
export function withoutNeedlessEscapes(address: Address): Address | null {
  const plain = address.href.replace(/%[2-7][0-9a-f]/gi, (escaped) => {
    const letter = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    return /[\w.~-]/.test(letter) ? letter : escaped;
  });
  return plain === address.href ? null : parseAddress(plain);
}

/** Judges what is in view: the verdict of `rules/`, and what only the device can tell. */
export function createInView(isIllegal: IsIllegal) {
  function verdictOn(holds: Holds, address: Address, asked: Asked): Verdict {
    const { standing, documents } = holds;
    const verdict = judge(standing, documents, address, asked);
    const plain = verdict.open ? withoutNeedlessEscapes(address) : null;
    if (!plain) return verdict;
    // Safe search stands in rules that know an engine's own paths, letter by letter.
    if (standing.guarded && plain.path !== address.path && engineOf(plain))
      return closed('guard', { code: 'guard-search' });
    return judge(standing, documents, plain, asked);
  }

  return {
    /** Why a web address is closed, or null if it is open or none. `asked` is what it is to its tab. */
    async closing(holds: Holds, url: string, asked: Asked = { as: 'page' }): Promise<ClosedVerdict | null> {
      const address = parseAddress(url);
      if (!address) return null;
      const lists = holds.held.catalogue?.hashed ?? [];
      // A list that cannot be read must not stop the rest of the judging.
      if (lists.length > 0 && (await isIllegal(url, lists).catch(() => false)))
        return closed('locked', { code: 'locked' }, { category: 'illegal' }) as ClosedVerdict;
      const verdict = verdictOn(holds, address, asked);
      return verdict.open ? null : verdict;
    },
  };
}

export type InView = ReturnType<typeof createInView>;
