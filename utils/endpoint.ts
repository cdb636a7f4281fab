import { Refusal } from '../rules/wire.ts';
import type { Clock } from './clock.ts';

/** Why the endpoint gave no usable answer. `status` and `code` are its own words where it said any. */
export type CallFailed =
  | { ok: false; code: 'unreachable' | 'too-large' | 'half-an-answer' }
  | { ok: false; code: 'refused'; status: number; refusal: string; retryAfterMs?: number };
export type CallAnswered = { ok: true; status: number; headers: Headers; bytes: Uint8Array<ArrayBuffer> };

export type Seat = { seat: string; key: string };
export type Call = {
  method?: 'GET' | 'POST';
  json?: unknown;
  seat?: Seat;
  etag?: string | null;
  /** Largest answer in bytes that is read at all. */
  atMost?: number;
};

export type Endpoint = { call(path: string, call?: Call): Promise<CallAnswered | CallFailed> };

const TIMEOUT_MS = 20_000;
/** A policy of a large school is some hundred kilobytes; nothing honest is larger than this. */
const AT_MOST = 8_000_000;
/** `keepalive` lets a report outlive the worker that sends it; Chrome refuses such bodies over 64 kB, in bytes. */
const KEEPALIVE_AT_MOST = 60_000;

/** Speaks to the school's endpoint, and to nobody else. */
export function createEndpoint(base: string, fetching: typeof fetch, clock: Clock): Endpoint {
  return {
    async call(path, { method = 'GET', json, seat, etag, atMost = AT_MOST } = {}) {
      const body = json === undefined ? undefined : JSON.stringify(json);
      let answer: Response;
      let bytes: Uint8Array<ArrayBuffer> | null;
      try {
        answer = await fetching(new URL(path, base), {
          method,
          headers: {
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...(seat ? { authorization: `Bearer ${seat.seat}.${seat.key}` } : {}),
            ...(etag ? { 'if-none-match': etag } : {}),
          },
          ...(body === undefined ? {} : { body }),
          credentials: 'omit',
          redirect: 'error',
          // Our ETags are our own: the browser's cache would turn a 304 into a 200.
          cache: 'no-store',
          keepalive: method === 'POST' && bytesIn(body ?? '') < KEEPALIVE_AT_MOST,
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        bytes = await readAtMost(answer, atMost);
      } catch (error) {
        return { ok: false, code: error instanceof TypeError ? 'unreachable' : 'half-an-answer' };
      }
      const date = Date.parse(answer.headers.get('date') ?? '');
      if (Number.isFinite(date)) clock.heard(date);
      if (!bytes) return { ok: false, code: 'too-large' };
      if (answer.ok || answer.status === 304)
        return { ok: true, status: answer.status, headers: answer.headers, bytes };
      return { ok: false, code: 'refused', status: answer.status, ...refusalIn(answer, bytes) };
    },
  };
}

/** A title in Bengali has three bytes to a letter. */
const bytesIn = (text: string): number => new TextEncoder().encode(text).length;

/** The body, or null when it is larger than allowed: no more than that is held in memory. */
async function readAtMost(answer: Response, atMost: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (!answer.body) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = answer.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > atMost) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function refusalIn(answer: Response, bytes: Uint8Array): { refusal: string; retryAfterMs?: number } {
  const retryAfter = Number(answer.headers.get('retry-after'));
  const read = Refusal.safeParse(jsonIn(bytes));
  return {
    refusal: read.success ? read.data.code : 'no-words',
    ...(retryAfter > 0 ? { retryAfterMs: retryAfter * 1_000 } : {}),
  };
}

/** The JSON in an answer, or undefined: HTML from a captive portal is no answer. */
export function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
