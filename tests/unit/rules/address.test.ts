import { describe, expect, test } from 'vitest';
import { isListed, isWithin, parseAddress, withoutCredentials } from '../../../rules/address.ts';
import { parseEntry } from '../../../rules/entry.ts';
import { wayRound } from '../../../rules/guard.ts';
import { sharedFile } from '../../fixtures/shared.ts';

type UrlCase = {
  href?: string;
  hostname?: string;
  protocol?: string;
  pathname?: string;
  search?: string;
  failure?: true;
};

const cases = sharedFile('url-conformance/urltestdata.json');
const suffixes = sharedFile('url-conformance/test_psl.txt');

describe('canonical form', () => {
  test.skipIf(cases === null)('agrees with the web platform tests on every web address', () => {
    const all = (JSON.parse(cases ?? '[]') as (UrlCase | string)[]).filter(
      (one): one is UrlCase => typeof one === 'object',
    );
    const web = all.filter(
      ({ href, hostname, protocol }) =>
        href && /[^.]/.test(hostname ?? '') && /^(https?|wss?):$/.test(protocol ?? ''),
    );
    expect(web.length).toBeGreaterThan(200);
    for (const { href = '', hostname = '', pathname, search } of web) {
      const address = parseAddress(href);
      expect(address, href).toMatchObject({
        host: hostname.replace(/\.+$/, ''),
        path: pathname,
        query: (search ?? '').slice(1),
      });
      // What is canonical stays as it is (`foo.09..` is a host to Chrome, `foo.09` is none to anybody).
      if (URL.canParse(address?.href ?? '')) expect(parseAddress(address?.href ?? ''), href).toEqual(address);
    }
    for (const { href = '' } of all.filter(({ protocol }) => protocol && !/^(https?|wss?):$/.test(protocol)))
      expect(parseAddress(href), href).toBeNull();
  });

  test.each([
    ['http://EXAMPLE.com../a?b#c', 'http://example.com/a?b'],
    ['https://user:pw@example.com:443/', 'https://example.com/'],
    ['https://münchen.de/ü', 'https://xn--mnchen-3ya.de/%C3%BC'],
    ['http://0x7f.1/', 'http://127.0.0.1/'],
    ['http://2130706433:8080/', 'http://127.0.0.1:8080/'],
    ['http://[::ffff:7f00:1]/', 'http://[::ffff:7f00:1]/'],
    ['wss://example.com/chat', 'https://example.com/chat'],
  ])('%s → %s', (text, href) => {
    expect(parseAddress(text)?.href).toBe(href);
  });

  test.each([
    '',
    'example.com',
    'data:text/html,x',
    'javascript:alert(1)',
    'chrome://newtab/',
    'http://',
    'http:///',
  ])('%s is no web address', (text) => {
    expect(parseAddress(text)).toBeNull();
  });
});

test('labels are whole: what only looks like a domain is not within it', () => {
  expect(isWithin('a.example.com', 'example.com')).toBe(true);
  expect(isWithin('notexample.com', 'example.com')).toBe(false);
  expect(isWithin('example.com.evil.test', 'example.com')).toBe(false);
  expect(isListed(new Set(['example.com']), 'a.b.example.com')).toBe(true);
  expect(isListed(new Set(['example.com']), 'notexample.com')).toBe(false);
});

test('credentials leave, everything else stays', () => {
  expect(withoutCredentials('https://ada:hunter2@example.com/a?b=c#d')).toBe('https://example.com/a?b=c#d');
  expect(withoutCredentials('not an address')).toBeNull();
});

test.skipIf(suffixes === null)(
  'an entry that is a whole public suffix is refused, a name below it is not',
  () => {
    const lines = [...(suffixes ?? '').matchAll(/^checkPublicSuffix\('([^']+)', (null|'([^']+)')\);$/gm)];
    expect(lines.length).toBeGreaterThan(50);
    for (const [, host = '', , registrable] of lines) {
      if (host.startsWith('.')) continue;
      const read = parseEntry(host);
      if (registrable) expect(read, host).toMatchObject({ ok: true });
      // A name without any suffix that the list knows may be a school's intranet; a listed suffix never is.
      else if (!read.ok) expect(read.code, host).toBe('public-suffix');
    }
  },
);

describe('what an address carries inside is guarded and named', () => {
  test.each([
    ['https://www-example-com.translate.goog/a?x=1', 'https://www.example.com/a'],
    ['https://my--site-example-org.translate.goog/', 'https://my-site.example.org/'],
    ['https://translate.google.com/translate?sl=auto&u=https://example.com/game', 'https://example.com/game'],
    ['https://web.archive.org/web/2024/https://example.com/a', 'https://example.com/a'],
    ['https://webcache.googleusercontent.com/search?q=cache:abc:example.com/a', 'https://example.com/a'],
    ['https://cdn.ampproject.org/c/s/example.com/a', 'https://example.com/a'],
    ['https://12ft.io/https://example.com/a', 'https://example.com/a'],
    ['https://r.jina.ai/https://example.com/a', 'https://example.com/a'],
    ['https://translate.google.de/translate?u=example.com/a', 'https://example.com/a'],
    ['https://translate.googleusercontent.com/translate_c?u=https://example.com/a', 'https://example.com/a'],
    ['https://www.translatetheweb.com/?from=&to=fr&a=https%3A%2F%2Fexample.com%2Fa', 'https://example.com/a'],
    ['https://www.microsofttranslator.com/bv.aspx?a=https://example.com/a', 'https://example.com/a'],
    ['https://papago.naver.net/website?target=ko&url=https://example.com/a', 'https://example.com/a'],
    ['https://translated.turbopages.org/proxy_u/en-ru.ru.1a/https/example.com/a', 'https://example.com/a'],
    ['https://googleweblight.com/?lite_url=https://example.com/a', 'https://example.com/a'],
    ['https://example-com.bing-amp.com/c/s/example.com/a', 'https://example.com/a'],
    ['https://wayback.archive-it.org/all/2020/http://example.com/a', 'http://example.com/a'],
    ['https://www.webarchive.org.uk/wayback/archive/2020/http://example.com/a', 'http://example.com/a'],
    ['https://arquivo.pt/wayback/2020/http://example.com/a', 'http://example.com/a'],
    ['https://www.removepaywall.com/https://example.com/a', 'https://example.com/a'],
    ['https://api.allorigins.win/raw?url=https://example.com/a', 'https://example.com/a'],
    ['https://thingproxy.freeboard.io/fetch/https://example.com/a', 'https://example.com/a'],
    ['https://corsproxy.io/?https://example.com/a', 'https://example.com/a'],
    ['https://corsproxy.io/?url=https%3A%2F%2Fexample.com%2Fa', 'https://example.com/a'],
    ['https://htmlpreview.github.io/?https://github.com/a/b/x.html', 'https://github.com/a/b/x.html'],
  ])('%s carries %s', (text, carried) => {
    const address = parseAddress(text);
    expect(address && wayRound(address, [])).toEqual({ way: 'carrier', carried });
  });

  test.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://[::1]/',
  ])('%s is a number', (text) => {
    const address = parseAddress(text);
    expect(address && wayRound(address, [])).toEqual({ way: 'ip' });
  });

  test.each(['https://www.google.com/amp/s/example.com/a', 'http://google.co.uk/amp/example.com/a'])(
    '%s shows an AMP page below the engine’s own host',
    (text) => {
      const address = parseAddress(text);
      expect(address && wayRound(address, ['google'])).toMatchObject({
        way: 'carrier',
        carried: 'https://example.com/a',
      });
    },
  );

  test.each([
    'https://www.google.com/amplifier',
    'https://www.google.com/search?q=/amp/',
    'https://maps.google.com/amp/s/example.com/a',
    'https://webarchive.nationalarchives.gov.uk/ukgwa/2020/https://www.gov.uk/',
  ])('%s is none', (text) => {
    const address = parseAddress(text);
    expect(address && wayRound(address, ['google'])).toBeNull();
  });

  test('a site of its own carries nothing', () => {
    const address = parseAddress('https://example.com/?u=https://other.test/');
    expect(address && wayRound(address, [])).toBeNull();
  });
});
