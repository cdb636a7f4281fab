import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  AnswerEvent,
  EnrolRequest,
  Health,
  JoinRequest,
  LiveFromSeat,
  NetworkClosed,
  RepeatEvent,
  ReportEvent,
  RequestEvent,
  ReturnEvent,
} from '../../../rules/wire.ts';
import config from '../../../wxt.config.ts';

/** Promise 6: no copies, ever. What could make one is not there, and what leaves is listed in docs/privacy.md. */
const root = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const privacy = read('docs/privacy.md');
const permissionsDoc = read('docs/permissions.md');
const manifest = config.manifest as Record<string, unknown> & { permissions: string[] };

const sources = ['entrypoints', 'components', 'utils', 'rules'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`),
);

/** Whatever could take a picture, read a page, a key, a sound, or the list of pages that somebody visited. */
const copies =
  /captureVisibleTab|getDisplayMedia|getUserMedia|MediaRecorder|tabCapture|desktopCapture|pageCapture|\.scripting\b|executeScript|insertCSS|registerContentScripts|contentScripts|defineContentScript|\.debugger\b|\.history\.search|topSites|offscreen|geolocation/;

test.each(sources)('%s takes no copy of anything', (path) => {
  expect(copies.exec(read(path))?.[0], path).toBeUndefined();
});

test('nothing of ours runs in pages: no entrypoint is a content script, and the manifest names none', () => {
  // WXT makes content scripts of these names, and scripts for pages of "unlisted" ones.
  const names = readdirSync(join(root, 'entrypoints'), { recursive: true, encoding: 'utf8' });
  expect(names.filter((name) => /(^|[/.])(content|injected)([./]|$)/.test(name))).toEqual([]);
  for (const key of ['content_scripts', 'optional_permissions', 'optional_host_permissions', 'user_scripts'])
    expect(manifest, key).not.toHaveProperty(key);
});

test('each permission has its reason in docs/permissions.md, and no reason is left over', () => {
  const rows = [...permissionsDoc.matchAll(/^\| ((?:`[\w.]+`(?:, )?)+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([\w.]+)`/g)].map(([, name = '']) => name),
  );
  expect([...manifest.permissions].sort()).toEqual(rows.sort());
});

test('what the docs say is not asked for, is not', () => {
  const named = /Not asked for, on purpose: ([^.]*\.)/.exec(permissionsDoc)?.[1] ?? '';
  const never = [...named.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
  expect(never).toEqual(
    expect.arrayContaining(['scripting', 'tabCapture', 'desktopCapture', 'history', 'debugger']),
  );
  expect(manifest.permissions.filter((permission) => never.includes(permission))).toEqual([]);
});

/** Every field of a message, those of its parts too, as `part.field`. */
function fieldsOf(schema: z.ZodType): string[] {
  const walk = (json: z.core.JSONSchema.BaseSchema, before: string): string[] => {
    const parts = [json, ...(json.anyOf ?? []), ...(json.oneOf ?? [])].filter(
      (part) => typeof part === 'object',
    );
    return parts.flatMap((part) => [
      ...Object.entries(part.properties ?? {}).flatMap(([name, of]) => [
        before + name,
        ...(typeof of === 'object' ? walk(of, `${before}${name}.`) : []),
      ]),
      ...(typeof part.items === 'object' && !Array.isArray(part.items)
        ? walk(part.items as z.core.JSONSchema.BaseSchema, before)
        : []),
    ]);
  };
  return [...new Set(walk(z.toJSONSchema(schema, { io: 'input' }), ''))].sort();
}

/** The fields of the table of what a report sends. */
const listedOfReports = (
  /## Sent when a child presses \*report\*([\s\S]*?)\nAfterwards/.exec(privacy)?.[1] ?? ''
)
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name));

const outermost = (fields: string[]) => fields.filter((name) => !name.includes('.'));

test('a report sends what docs/privacy.md lists, and nothing else', () => {
  expect(outermost(fieldsOf(ReportEvent))).toEqual([...listedOfReports, 'type'].sort());
});

test('a request sends the same, with the child’s line in place of title, kind and way', () => {
  expect(privacy).toContain('The same, with `why`');
  expect(privacy).toContain('in place of title, `what` and `openedFrom`');
  const same = listedOfReports.filter((name) => !['title', 'what', 'openedFrom'].includes(name));
  expect(outermost(fieldsOf(RequestEvent))).toEqual([...same, 'type', 'why'].sort());
});

test('what a field of a report holds in itself is what docs/privacy.md says of it', () => {
  // "open or closed, the tier, the entry or category that decided", "which policy, catalogue and orders".
  expect(fieldsOf(ReportEvent).filter((name) => name.includes('.'))).toEqual([
    'verdict.category',
    'verdict.entry',
    'verdict.from',
    'verdict.open',
    'verdict.tier',
    'versions.catalogue',
    'versions.orders',
    'versions.policy',
  ]);
});

const versions = (of: string) => [of, `${of}.catalogue`, `${of}.orders`, `${of}.policy`];

/** Every other message, its fields, and the sentence of docs/privacy.md that tells of them. */
const others: [string, z.ZodType, string[], string][] = [
  [
    'answer',
    AnswerEvent,
    ['answer', 'at', 'id', 'report', 'type'],
    "Each has an id, the report's id and a time.",
  ],
  ['repeat', RepeatEvent, ['at', 'id', 'report', 'type'], 'the same page reported again (`repeat`)'],
  ['return', ReturnEvent, ['at', 'id', 'report', 'type'], 'the child going back to the page (`return`)'],
  [
    'enrol',
    EnrolRequest,
    ['account', 'deviceId', 'extensionVersion', 'group', 'installId', 'stage', 'token'],
    'the enrolment token, the directory device id where Chrome gives one, the account where Chrome gives one, a random number of the profile, stage, group, version of the extension.',
  ],
  [
    'health',
    Health,
    [
      'at',
      ...versions('downloaded'),
      'extensionVersion',
      ...versions('inForce'),
      'setAside',
      'stage',
      'troubles',
      ...['at', 'code', 'detail', 'where'].map((name) => `troubles.${name}`),
      'waiting',
    ],
    'time, version of the extension, stage, which documents are downloaded and in force, how many reports wait or were set aside, and what the device had to refuse (a code and a technical sentence). No address, no account.',
  ],
  [
    'network closed',
    NetworkClosed,
    ['grant', 'host'],
    'the number of the opening and the **host**. No address, no title, no account.',
  ],
  ['code', JoinRequest, ['code'], "## Sent when an adult types a lesson's code\nThe code."],
  [
    'live',
    LiveFromSeat,
    ['key', 'seat', 'type', ...versions('versions')],
    'which documents are in force, whenever that changes, and a beat.',
  ],
];

test.each(others)('%s: what is sent is what docs/privacy.md says', (_, schema, fields, sentence) => {
  expect(fieldsOf(schema)).toEqual([...fields].sort());
  expect(privacy).toContain(sentence);
});

test('whatever else somebody puts into a report is not kept', () => {
  const report = ReportEvent.parse({
    type: 'report',
    id: '6c7ad4f1-7c83-4b2e-9e53-5c8f4dd0b7a1',
    at: '2026-11-30T09:00:00Z',
    address: 'https://a.example/',
    title: 'A',
    what: 'page',
    verdict: { open: true, tier: 'allow', html: '<p>' },
    stage: 'KS2',
    account: 'shared',
    versions: { policy: null, catalogue: null, orders: null },
    screenshot: 'data:image/png;base64,AAAA',
    pageText: 'secret',
  });
  expect(JSON.stringify(report)).not.toMatch(/screenshot|pageText|html/);
});
