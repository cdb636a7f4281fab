import { isIpHost } from '../address.ts';

/** The shape of nearly every name in a list: nothing to be done about it. */
const USUAL = /^(?:[a-z0-9_-]{1,63}\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Never in a host; a URL would read them as the end of one. */
const NEVER = /[\s/:@?*#\\%[\]<>|^]/;
const IPV6 = /^\[?[0-9a-f]*:[0-9a-f.]*:[0-9a-f:.]*(?:%\w+)?\]?$/i;

/** Why a name cannot stand in a list. Neither has a dot, as every host in a list has. */
export type NoHost = 'notHost' | 'ip';

/**
 * The host that a list names, in lower case and punycode as Chrome wants it (CHROME-FACTS 5), or why there is none.
 * A single label (`localhost`, `com`) is no host of the web.
 */
export function hostIn(text: string): string | NoHost {
  if (text.length <= 253 && USUAL.test(text) && !text.includes('xn--')) return text;
  if (NEVER.test(text)) return IPV6.test(text) ? 'ip' : 'notHost';
  if (text.length > 300 || !URL.canParse(`http://${text}/`)) return 'notHost';
  const host = new URL(`http://${text}/`).hostname.replace(/\.$/, '');
  if (isIpHost(host)) return 'ip';
  return host.length <= 253 && USUAL.test(host) ? host : 'notHost';
}
