import { compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import type { z } from 'zod';
import { Catalogue } from '../rules/catalogue.ts';
import { compareVersions, type DocumentKind, Envelope } from '../rules/document.ts';
import { Orders } from '../rules/orders.ts';
import { Policy } from '../rules/policy.ts';

/** Why a document changes nothing (promise 4). Each is told to the endpoint and shown on the status page. */
export type DocumentRefused =
  | { ok: false; code: 'not-a-jws' | 'bad-signature' | 'not-json' }
  | { ok: false; code: 'unknown-key'; keyId: string }
  | { ok: false; code: 'needs-newer-extension'; fields: string[] }
  | { ok: false; code: 'not-a-document'; issues: { path: string; problem: string }[] }
  | { ok: false; code: 'other-school'; school: string }
  | { ok: false; code: 'other-seat'; seat: string }
  | { ok: false; code: 'older-version'; have: string; got: string };

const schemas = { policy: Policy, catalogue: Catalogue, orders: Orders } as const satisfies Record<
  DocumentKind,
  z.ZodObject
>;
export type DocumentOf<K extends DocumentKind> = z.infer<(typeof schemas)[K]>;

/** What the device trusts: from the managed settings; and which seat it is, once it has enrolled. */
export type Trust = { school: string; publicKeys: readonly string[]; seat?: string };

/**
 * Reads a compact JWS, and admits it only when the school signed it, it is for this seat or for every seat, and it is
 * no older than what is held.
 */
export async function admit<K extends DocumentKind>(
  kind: K,
  jws: string,
  trust: Trust,
  held: Envelope | null,
): Promise<{ ok: true; document: DocumentOf<K> } | DocumentRefused> {
  const signed = await openSigned(jws, trust.publicKeys);
  if (!signed.ok) return signed;
  const envelope = Envelope.safeParse(signed.json);
  if (!envelope.success) return notADocument(envelope.error);
  const known: readonly string[] = Object.keys(schemas[kind].shape);
  const unknown = envelope.data.mustUnderstand.filter((field) => !known.includes(field));
  if (unknown.length > 0) return { ok: false, code: 'needs-newer-extension', fields: unknown };
  const read = schemas[kind].safeParse(signed.json);
  if (!read.success) return notADocument(read.error);
  const document = read.data as DocumentOf<K>;
  if (document.school !== trust.school) return { ok: false, code: 'other-school', school: document.school };
  if ('seat' in document && document.seat !== undefined && document.seat !== trust.seat)
    return { ok: false, code: 'other-seat', seat: document.seat };
  if (held && compareVersions(document, held) < 0)
    return { ok: false, code: 'older-version', have: held.issuedAt, got: document.issuedAt };
  return { ok: true, document };
}

async function openSigned(
  jws: string,
  publicKeys: readonly string[],
): Promise<{ ok: true; json: unknown } | DocumentRefused> {
  let keyId: string | undefined;
  try {
    const header = decodeProtectedHeader(jws);
    // The kid is the key itself, so that a rotation needs no list of names; only pinned ones count.
    keyId = header.kid;
    if (header.alg !== 'EdDSA' && header.alg !== 'Ed25519') return { ok: false, code: 'not-a-jws' };
  } catch {
    return { ok: false, code: 'not-a-jws' };
  }
  if (!keyId || !publicKeys.includes(keyId))
    return { ok: false, code: 'unknown-key', keyId: String(keyId).slice(0, 60) };
  let payload: Uint8Array;
  try {
    const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: keyId }, 'EdDSA');
    ({ payload } = await compactVerify(jws, key, { algorithms: ['EdDSA', 'Ed25519'] }));
  } catch {
    return { ok: false, code: 'bad-signature' };
  }
  try {
    return { ok: true, json: JSON.parse(new TextDecoder().decode(payload)) };
  } catch {
    return { ok: false, code: 'not-json' };
  }
}

const notADocument = (error: z.ZodError): DocumentRefused => ({
  ok: false,
  code: 'not-a-document',
  issues: error.issues
    .slice(0, 20)
    .map(({ path, message }) => ({ path: path.map(String).join('.'), problem: message })),
});

/** The key that a document names as its signer, which was verified when it was stored. Null if it names none. */
export function signerOf(jws: string): string | null {
  try {
    return decodeProtectedHeader(jws).kid ?? null;
  } catch {
    return null;
  }
}

/** A document that this device verified before it stored it, read again. Null if its shape is not ours any more. */
export function readStored<K extends DocumentKind>(kind: K, jws: string): DocumentOf<K> | null {
  try {
    const payload = jws.split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    );
    const read = schemas[kind].safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return read.success ? (read.data as DocumentOf<K>) : null;
  } catch {
    return null;
  }
}
