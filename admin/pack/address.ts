import { type PackRefused, refused } from './refused.ts';

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The endpoint's address as devices will use it, without a slash at the end. Plain http is for this computer only:
 * outside it TLS is the reverse proxy's job.
 */
export function endpointAddress(written: string): { ok: true; url: string } | PackRefused {
  const url = URL.parse(written);
  if (!url || !/^https?:$/.test(url.protocol))
    return refused('bad-url', `"${written}" is not an address such as https://keystage.school.example`);
  if (url.username || url.password)
    return refused('bad-url', 'The address must not hold a name or a password: pupils can read it.');
  if (url.search || url.hash) return refused('bad-url', 'The address must end before any ? or #.');
  if (url.pathname !== '/')
    return refused(
      'bad-url',
      `${url.href} has a path; Keystage needs a host of its own, such as ${url.origin}.`,
    );
  if (url.protocol === 'http:' && !loopback.includes(url.hostname))
    return refused(
      'plain-http',
      `${url.origin} is plain http; it must begin with https:// (TLS is the proxy's job).`,
    );
  return { ok: true, url: url.href.replace(/\/+$/, '') };
}
