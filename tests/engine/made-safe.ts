import { parseAddress } from '../../rules/address.ts';
import { engineOf, engines } from '../../rules/search-engines.ts';

/** An engine's address in its strictest form: earlier values out, in any case, ours at the end (FIELD SE2). */
export function madeSafe(url: string): string {
  const address = parseAddress(url);
  const engine = address && (engineOf(address) ?? engineOf({ ...address, host: registrable(address.host) }));
  if (!engine) throw new Error(`${url} is no engine's`);
  const { force } = engines[engine];
  const names = new Set<string>(force.map(({ key }) => key));
  const [rest = '', fragment] = url.split(/#(.*)/s);
  const [page = '', query = ''] = rest.split(/\?(.*)/s);
  const kept = query
    .split('&')
    .filter((param) => param && !names.has((param.split('=')[0] ?? '').toLowerCase()));
  const params = [...kept, ...force.map(({ key, value }) => `${key}=${value}`)];
  return `${page}?${params.join('&')}${fragment === undefined ? '' : `#${fragment}`}`;
}

/** `docs.google.com` is not the engine's own, but its rules reach below its domain. */
function registrable(host: string): string {
  const labels = host.split('.');
  for (let at = 1; at < labels.length - 1; at += 1) {
    const parent = labels.slice(at).join('.');
    if (engineOf({ href: '', scheme: 'https', host: parent, port: '', path: '/', query: '', isIp: false }))
      return parent;
  }
  return host;
}
