import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Address, parseAddress } from '../../rules/address.ts';
import { type CategoryId, categories, categoryIds } from '../../rules/categories.ts';
import { judge } from '../../rules/decide.ts';
import type { Documents } from '../../rules/documents.ts';
import { hostsIn } from '../../rules/hosts.ts';
import { Policy } from '../../rules/policy.ts';
import { stages } from '../../rules/stages.ts';
import { standingOf } from '../../rules/standing.ts';
import { examplePolicy } from '../fixtures/examplePolicy.ts';
import { type Bench, medianOf, repeatable } from './figures.ts';

const folder = process.env.KEYSTAGE_LISTS ?? '/work/shared/data/lists';
const ADDRESSES = 20_000;

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Verdicts a second on one core, with real lists in memory, and what these lists take. */
export const run: Bench = async ({ say, times = 15 }) => {
  const texts = await readTexts();
  const asStrings = weigh(
    () => new Map([...texts].map(([id, text]) => [id, new Set(text.toString('latin1').split('\n'))])),
  );
  const strings = asStrings.bytes;
  const names = [...asStrings.value.values()].flatMap((set) => [...set].filter(Boolean));
  asStrings.value.clear();
  // The text comes from disk or wire as bytes; a copy here, so that it is weighed too.
  const packed = weigh(() => new Map([...texts].map(([id, text]) => [id, hostsIn(Uint8Array.from(text))])));

  const policy = await filteredPolicy([...texts.keys()]);
  const documents: Documents = { policy, orders: null, lists: packed.value, listsInForce: true };
  const situation = { stage: 'KS3' as const, groups: [], now: Date.parse('2026-11-20T10:00:00Z') };
  const standing = standingOf(documents, situation);
  const addresses = addressesFrom(names);
  const spoke = new Map<string, number>();
  for (const address of addresses) {
    const { tier } = judge(standing, documents, address);
    spoke.set(tier, (spoke.get(tier) ?? 0) + 1);
  }
  const share = (many: number) => `${((100 * many) / addresses.length).toFixed(1)} %`;
  say(`  who decided: ${[...spoke].map(([tier, many]) => `${tier} ${share(many)}`).join(', ')}`);

  const perThousand = Array.from({ length: times }, () => {
    const began = process.cpuUsage();
    for (const address of addresses) judge(standing, documents, address);
    const { user, system } = process.cpuUsage(began);
    return (user + system) / addresses.length;
  });
  const thousand = medianOf('a thousand verdicts, on one core', 'ms', perThousand, {
    bound: { atMost: 1_000 / 300, of: 'value' },
  });
  return [
    { ...thousand, note: `${Math.round(1e6 / thousand.value)} a second, ${texts.size} lists closed` },
    {
      name: `${names.length} names in memory`,
      unit: 'kB',
      value: packed.bytes / 1_024,
      times: 1,
      bound: { atMost: 40 * 1_024, of: 'value' },
      note: `as Sets of strings ${Math.round(strings / 1_024)} kB`,
    },
  ];
};

/** The shared lists, each under a category of its own: which one does not matter for the time it takes. */
async function readTexts(): Promise<Map<CategoryId, Buffer>> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort();
  const isIllegal = (id: CategoryId) => Number(categories[id].class === 'illegal');
  const free = [...categoryIds].sort((a, b) => isIllegal(a) - isIllegal(b));
  const texts = new Map<CategoryId, Buffer>();
  for (const [index, file] of files.entries()) {
    const id = free[index];
    if (!id) throw new Error('there are more lists than categories');
    const lines = (await readFile(join(folder, file), 'utf8')).split('\n').map((line) => line.trim());
    const hosts = [...new Set(lines.filter((line) => line && !line.startsWith('#')))].sort();
    texts.set(id, Buffer.from(hosts.map((host) => `${host}\n`).join('')));
  }
  return texts;
}

/** The example school, with a stage that is filtered and closes every list: each is asked for every open address. */
async function filteredPolicy(shut: CategoryId[]): Promise<Policy> {
  const envelope = { schema: 1, mustUnderstand: [], epoch: 1, issuedAt: '2026-01-01T00:00:00.000Z' };
  const rules = {
    alone: 'filtered',
    supervised: 'filtered',
    closedAlways: shut.slice(0, shut.length >> 1),
    closedAlone: shut,
  };
  const everywhere = Object.fromEntries(stages.map((stage) => [stage, rules]));
  const written = { ...(await examplePolicy()), stages: everywhere, reasons: {} };
  return Policy.parse({ ...envelope, kind: 'policy', ...written });
}

/** Half of them are on a list or below it, half are on none; canonical and read once, as one page's many requests are. */
function addressesFrom(names: readonly string[]): Address[] {
  const random = repeatable();
  const host = (): string => names[Math.floor(random() * names.length)] ?? '';
  return Array.from({ length: ADDRESSES }, (_, index) => {
    const text = [
      () => `https://${host()}/`,
      () => `https://www.${host()}/page/${index}?from=home`,
      () => `https://not-listed-${index}.${host().split('.')[0]}-school.org/a/b.html`,
      () => `https://cdn.static.unlisted-${index}.co.uk/lib/script.js?v=${index}`,
    ][index % 4]?.();
    return parseAddress(text ?? '');
  }).filter((address) => address !== null);
}

function held(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Builds something and weighs it: V8's heap and the buffers beside it. */
function weigh<T>(build: () => T): { value: T; bytes: number } {
  const before = held();
  const value = build();
  return { value, bytes: held() - before };
}
