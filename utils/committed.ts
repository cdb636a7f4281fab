import type { Navigation } from './watch.ts';

/** A page or frame that is there, and what brought it. */
export type Committed = Navigation & { transitionType: string };

/** One duty that looks at what is there, and the kinds of address that it looks at. */
type Look = { at: readonly { schemes: string[] }[]; look: (navigation: Committed) => Promise<void> };

/**
 * One listener for several duties. Chrome tells every listener with a filter of its own by itself, and each telling takes
 * the processor just when a page loads what it needs: three took eight milliseconds more than one
 * (docs/performance.md, page load).
 */
export function createCommitted(looks: readonly Look[]) {
  const schemesOf = ({ at }: Look): string[] => at.flatMap(({ schemes }) => schemes);
  return {
    /** Every kind of address that one of them looks at: what Chrome is asked for. */
    at: { schemes: [...new Set(looks.flatMap(schemesOf))] },
    async heard(navigation: Committed): Promise<void> {
      const scheme = navigation.url.slice(0, navigation.url.indexOf(':'));
      const looking = looks.filter((one) => schemesOf(one).includes(scheme));
      await Promise.all(looking.map(({ look }) => look(navigation)));
    },
  };
}
