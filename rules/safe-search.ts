import { AUTHORITY, literal, QUERY_REST } from './condition.ts';
import { type Draft, pageTypes } from './draft.ts';
import type { ResourceType, Rule } from './rule.ts';
import { type EngineId, engineIds, engines, forced, onEngine } from './search-engines.ts';
import { headerIds, headerPriority, priority } from './tiers.ts';

/**
 * Holds the engines to their strictest setting (FIELD SE2), whoever opens them: one band, above all that opens. A
 * transform that would change nothing hides what is lower in its ruleset (CHROME-FACTS 18), also the `allow` beneath
 * it, so none ever matches an address that is safe already. What it does change is judged again, by its new address;
 * that is why it may stand over all of an engine, also over what is closed there.
 */
export const safeSearch = (): Draft[] =>
  engineIds.flatMap((engine) => unsafePatterns(engine).map((one) => transform(engine, one)));

/** For pages and frames; what a page fetches later is docs/limits.md's. */
const transform = (engine: EngineId, regexFilter: string): Draft => ({
  tier: 'essential',
  what: `safe search of ${engine}`,
  priority: priority('essential', 'transform'),
  action: { type: 'redirect', redirect: { transform: { queryTransform: forced(engine) } } },
  condition: {
    ...onEngine(engine, regexFilter),
    resourceTypes: pageTypes,
  },
});

/**
 * An engine's searches that are not in the form which the transform gives them: other values before, ours at the end.
 * Chrome's patterns know no "not", so each says one way to differ, and small enough for what its engine takes.
 */
export function unsafePatterns(engine: EngineId): string[] {
  const start = `^https?://${AUTHORITY}/${engines[engine].paths}`;
  const end = '(?:#|$)';
  const params = engines[engine].force.map(({ key, value }) => `${key}=${value}`);
  const safe = literal(params.join('&'));
  // From the last of our values to the first: it is not there, or what is there is the end of another name.
  const missing = params.flatMap((param, at) => {
    const after = params.slice(at + 1).map((later) => `[&?]${literal(later)}`);
    const rest = after.join('') + end;
    return [
      ...endsOtherwise(param).map((last) => `${start}(?:(?:\\?${QUERY_REST})?${last})?${rest}`),
      `${start}\\?${QUERY_REST}\\?${literal(param)}${rest}`,
    ];
  });
  const names = engines[engine].force.map(({ key }) => anyCase(key)).join('|');
  const twice = `${start}\\?(?:${QUERY_REST}&)?(?:${names})(?:[=&]${QUERY_REST})?&${safe}${end}`;
  return [...missing, twice];
}

const anyCase = (key: string): string =>
  [...key].map((letter) => `[${letter}${letter.toUpperCase()}]`).join('');

/** How many letters one pattern tells apart: more outgrow what Chrome's engine takes; tests/engine measures it. */
const AT_ONCE = 4;

/** The last letters of a text that does not end in `?text` or `&text`, by where it first differs from the end on. */
function endsOtherwise(text: string): string[] {
  const pieces: string[] = [];
  for (let end = text.length; end > 0; end -= AT_ONCE) {
    const from = Math.max(0, end - AT_ONCE);
    const [first = '', ...others] = from === 0 ? ['', ...text.slice(0, end)] : text.slice(from, end);
    const differs = others.reduce(
      (before, letter) => `(?:${anyBut(`#${letter}`)}|${before}${literal(letter)})`,
      anyBut(first === '' ? '#&?' : `#${first}`),
    );
    pieces.push(differs + literal(text.slice(end)));
  }
  return pieces;
}

/** One sign of an address but these: said as what it may be, because "not" stands for all of Unicode. */
function anyBut(signs: string): string {
  const codes = [...signs].map((sign) => sign.charCodeAt(0)).sort((a, b) => a - b);
  const ends = [0x20, ...codes, 0x7f];
  const ranges = ends.slice(1).flatMap((end, at) => {
    const [from, to] = [(ends[at] ?? 0) + 1, end - 1];
    return from > to ? [] : [from === to ? spelled(from) : `${spelled(from)}-${spelled(to)}`];
  });
  return `[${ranges.join('')}]`;
}

const spelled = (code: number): string => String.fromCharCode(code).replace(/[\\\]^-]/, '\\$&');

/** Hosts that serve YouTube and its searches; the header must reach the API too (../shared/data/safesearch.md). */
const youtubeHosts = [
  'youtube.com',
  'youtube-nocookie.com',
  'youtubei.googleapis.com',
  'youtube.googleapis.com',
] as const;

/** YouTube's strict restricted mode, by header. Opens and closes nothing. */
export const restrictedVideo = (resourceTypes: readonly ResourceType[]): Rule => ({
  id: headerIds[0],
  priority: headerPriority,
  action: {
    type: 'modifyHeaders',
    requestHeaders: [{ header: 'YouTube-Restrict', operation: 'set', value: 'Strict' }],
  },
  condition: { requestDomains: youtubeHosts, resourceTypes },
});
