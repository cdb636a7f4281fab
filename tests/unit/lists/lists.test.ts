import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'tldts';
import { describe, expect, it } from 'vitest';
import { cleanList } from '../../../admin/catalogue.ts';
import { isWithin } from '../../../rules/address.ts';
import { type CategoryId, categories, categoryIds } from '../../../rules/categories.ts';
import { Policy } from '../../../rules/policy.ts';

const folder = resolve(import.meta.dirname, '../../../admin/lists');
const linesOf = (id: string) => readFileSync(resolve(folder, `${id}.txt`), 'utf8').split('\n');
const hostsOf = (id: string) => linesOf(id).slice(1, -1);

/** Illegal material is named by licensed lists only (FIELD F4): we ship no list of it. */
const listed = categoryIds.filter((id) => categories[id].class !== 'illegal');
const all = listed.flatMap((id) => hostsOf(id).map((host) => ({ id, host })));

const handfuls: CategoryId[] = ['extremism', 'malware', 'misinformation', 'self-harm'];

const eduUk = resolve(import.meta.dirname, '../../../../shared/data/edu-uk.txt');
if (!existsSync(eduUk)) console.warn(`SKIPPED: sites that UK schools use are not here (${eduUk})`);

describe('the small lists of well-known hosts', () => {
  it('are there for every category but the illegal, and for nothing else', () => {
    expect(readdirSync(folder).sort()).toEqual(listed.map((id) => `${id}.txt`).sort());
  });

  describe.each(listed)('%s', (id: CategoryId) => {
    it('begins with one line that says what it is for', () => {
      expect(linesOf(id)[0]).toMatch(/^# .+ \((FIELD|UKSIC).+\)\. .*subscribe/);
      expect(linesOf(id).at(-1)).toBe('');
    });

    it('has 20 to 100 hosts, or says why it has few, sorted, each once', () => {
      const hosts = hostsOf(id);
      // A guess would harm more than a gap: who is an extremist, what is false, where self-harm is urged.
      const few = handfuls.includes(id);
      if (few) expect(linesOf(id)[0]).toMatch(/(A handful|Empty), because /);
      expect(hosts.length).toBeGreaterThanOrEqual(few ? 0 : 20);
      expect(hosts.length).toBeLessThanOrEqual(100);
      expect(hosts).toEqual([...new Set(hosts)].sort());
    });

    it('names only hosts that somebody can register', () => {
      const wrong = hostsOf(id).filter((host) => {
        const { hostname, domain, isIcann } = parse(host);
        return host !== new URL(`http://${host}/`).hostname || hostname !== host || !domain || !isIcann;
      });
      expect(wrong).toEqual([]);
    });
  });

  it('lose no line when the endpoint reads them', () => {
    for (const id of listed)
      expect(cleanList(linesOf(id).join('\n')), id).toEqual({ hosts: hostsOf(id), refused: [] });
  });

  it('never say the same host, or one below it, twice', () => {
    const again = all.flatMap((one) =>
      all
        .filter((other) => other !== one && isWithin(one.host, other.host))
        .map((other) => `${one.host} (${one.id}) is in ${other.host} (${other.id})`),
    );
    expect(again).toEqual([]);
  });

  it.skipIf(!existsSync(eduUk))('close nothing that UK schools are known to use', () => {
    const needed = readFileSync(eduUk, 'utf8').split('\n').filter(Boolean);
    const closed = all.filter(({ host }) => needed.some((site) => isWithin(site, host)));
    expect(closed).toEqual([]);
  });

  it.each(['primary', 'all-through'])('close no page, frame or sign-on of the bundles of %s', (name) => {
    const file = resolve(import.meta.dirname, `../../../admin/examples/${name}.json`);
    const policy = Policy.parse(JSON.parse(readFileSync(file, 'utf8')));
    const needed = [
      ...policy.bundles.flatMap(({ pages, frames }) => [
        ...pages.map(({ entry }) => entry.split('/')[0] as string),
        ...frames,
      ]),
      ...policy.essential.map(({ host }) => host),
      ...policy.help.flatMap(({ host }) => (host ? [host] : [])),
    ];
    expect(needed.length).toBeGreaterThan(20);
    const closed = all.filter(({ host }) => needed.some((site) => isWithin(site, host)));
    expect(closed).toEqual([]);
  });
});
