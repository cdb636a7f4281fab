import { webcrypto } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashable, hashOf, isHashed, printHashed, readHashed } from '../../../rules/lists/hashed.ts';

const digest = (bytes: Uint8Array<ArrayBuffer>) => webcrypto.subtle.digest('SHA-256', bytes);
const salt = '0123456789abcdef'.repeat(2);
const listed = [
  'whole.example',
  'https://www.shared.example/bad/',
  'http://page.example/view?id=7',
  'sub.other.example',
];

async function made() {
  const hashes = await Promise.all(listed.map((line) => hashOf(hashable(line) as string, salt, digest)));
  // Made before letters were folded.
  hashes.push(await hashOf('cased.example/Old/List', salt, digest));
  const text = printHashed(salt, hashes);
  const list = readHashed(text);
  if (!list) throw new Error('not a hashed list');
  return { text, list };
}

test.each([
  ['https://whole.example/any/page?x=1', true],
  ['http://www.whole.example/', true],
  ['https://deep.sub.whole.example/', true],
  ['https://whole.example:8443/', true],
  ['https://notwhole.example/', false],
  ['https://shared.example/bad', true],
  ['https://shared.example/bad/more/image.jpg', true],
  ['https://shared.example/badge', false],
  ['https://shared.example/', false],
  ['https://page.example/view?id=7', true],
  ['https://page.example/view?id=8', false],
  ['https://page.example/view', false],
  ['https://page.example/view?id=7&from=home', true],
  ['https://page.example/view?from=home&id=7', true],
  ['https://shared.example/%62ad', true],
  ['https://shared.example//bad', true],
  ['https://shared.example/%2Fbad/', true],
  ['https://SHARED.example/BAD/x', true],
  ['https://page.example/View?ID=%37', true],
  ['https://who%6Ce.example/', true],
  ['https://cased.example/Old/List', true],
  ['https://sub.other.example/#x', true],
  ['https://other.example/', false],
  ['about:blank', false],
])('%s: %s', async (url, is) => {
  expect(await isHashed((await made()).list, url, digest)).toBe(is);
});

test('nothing of the list can be read in what travels', async () => {
  const { text } = await made();
  expect(text).toMatch(/^#keystage-hashed-1 [0-9a-f]{32}\n([0-9a-f]{20}\n){5}$/);
  expect(text).not.toContain('example');
});

test('another salt makes another list, and no table fits both', async () => {
  const [one, other] = await Promise.all(
    [salt, 'f'.repeat(32)].map((each) => hashOf('whole.example', each, digest)),
  );
  expect(one).not.toBe(other);
});

test.each([[''], ['whole.example\n'], [`#keystage-hashed-1 ${salt}\nshort\n`]])(
  '%j is no hashed list',
  (text) => {
    expect(readHashed(text)).toBeNull();
  },
);

test.each([[''], ['# comment'], ['no host'], ['localhost']])('%j names nothing', (line) => {
  expect(hashable(line)).toBeNull();
});
