import { type Address, parseAddress } from './address.ts';
import type { Entry } from './entry.ts';

/** The address that an entry begins at, or null where it begins at none (a query by prefix). */
export function addressAt({ scheme = 'https', host, port, path = '/', query }: Entry): Address | null {
  const asked = query.map(({ key, value }) => (value === undefined ? key : `${key}=${value}`)).join('&');
  return parseAddress(`${scheme}://${host}${port ? `:${port}` : ''}${path}${asked && `?${asked}`}`);
}
