import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };
import { categories, categoryIds } from '../../../rules/categories.ts';
import { builtInHelp, helpHosts } from '../../../rules/help.ts';

const field = resolve(import.meta.dirname, '../../../../shared/FIELD.md');
const said: Record<string, { message: string }> = messages;
const key = (id: string) => id.replaceAll('-', '_');

it.skipIf(!existsSync(field))('every category traces to a duty in FIELD', () => {
  const text = readFileSync(field, 'utf8');
  const rows = new Set([...text.matchAll(/^\| ([A-Z]{1,2}\d{1,2}) \|/gm)].map(([, id]) => id));
  // Section C names its items in words; "GenAI" stands in a row of its own.
  const sectionC = text.slice(text.indexOf('## C.'), text.indexOf('## D.')).toLowerCase();
  for (const id of categoryIds)
    for (const because of categories[id].because) {
      const item = /^UKSIC (.+)$/.exec(because)?.[1];
      if (item) expect(sectionC, `${id}: ${because}`).toContain(item.toLowerCase());
      else expect(rows.has(because), `${id}: ${because}`).toBe(true);
    }
});

it('covers what UKSIC asks a filter to close', () => {
  for (const id of [
    'hate drugs extremism gambling malware misinformation piracy adult self-harm violence illegal',
  ].flatMap((text) => text.split(' ')))
    expect(categoryIds).toContain(id);
});

it('says each in words that a child can read: a name of at most six, a reason of at most twelve', () => {
  for (const id of categoryIds) {
    const name = said[`category_${key(id)}`]?.message ?? '';
    const reason = said[`reason_${key(id)}`]?.message ?? '';
    expect(name.split(' ').length, name).toBeLessThanOrEqual(6);
    expect(name, id).not.toBe('');
    expect(reason.split(' ').length, reason).toBeLessThanOrEqual(12);
    expect(reason, id).toMatch(/[.]$/);
  }
});

it('tells a child who looks for self-harm whom to call', () => {
  const childline = builtInHelp.find(({ title }) => title === 'Childline');
  expect(said.reason_self_harm?.message).toContain(childline?.phone);
});

it('opens every helpline that it names, and names none that could not be confirmed', () => {
  for (const { title, host } of builtInHelp) if (host) expect(helpHosts, title).toContain(host);
  expect(builtInHelp.map(({ title }) => title)).toContain('Shout');
  expect(JSON.stringify([builtInHelp, helpHosts])).not.toMatch(/themix/i);
});

it('never closes the help', () => {
  for (const id of categoryIds.filter((one) => categories[one].class !== 'illegal')) {
    const list = readFileSync(resolve(import.meta.dirname, `../../../admin/lists/${id}.txt`), 'utf8');
    const hosts = new Set(list.split('\n'));
    expect(helpHosts.filter((host) => hosts.has(host) || hosts.has(host.replace(/^www\./, '')))).toEqual([]);
  }
});

it('nobody lifts the illegal, and it is the only such slot', () => {
  expect(categoryIds.filter((id) => categories[id].class === 'illegal')).toEqual(['illegal']);
});
