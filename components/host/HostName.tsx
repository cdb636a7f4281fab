import { shortHost } from './shorten.ts';

/**
 * The host of a page. Hostile text: written as text, isolated from the sentence around it, and never a link that opens
 * by accident.
 */
export const HostName = ({ host }: { host: string }) => (
  <bdi class="host" title={shortHost(host, Number.POSITIVE_INFINITY)}>
    {shortHost(host)}
  </bdi>
);
