import { createHash, createPrivateKey, sign as signBytes } from 'node:crypto';
import { CompactSign, importJWK } from 'jose';
import type { DocumentKind } from '../rules/document.ts';
import type { SigningKey } from './data-folder.ts';

export type Sign = (kind: DocumentKind, document: unknown) => Promise<string>;

/** Signs documents as compact JWS, Ed25519. The kind stands in the header too, so that none passes for another. */
export const createSign =
  (key: SigningKey): Sign =>
  async (kind, document) =>
    new CompactSign(new TextEncoder().encode(JSON.stringify(document)))
      .setProtectedHeader({ alg: 'EdDSA', kid: key.x, typ: `keystage-${kind}+jwt` })
      .sign(await importJWK(key, 'EdDSA'));

/** The same as `createSign` for many documents in one go: the key is read once, and nothing is awaited. */
export function createSignMany(key: SigningKey): (kind: DocumentKind, document: unknown) => string {
  const privateKey = createPrivateKey({ key: { ...key }, format: 'jwk' });
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return (kind, document) => {
    const header = encoded({ alg: 'EdDSA', kid: key.x, typ: `keystage-${kind}+jwt` });
    const said = `${header}.${encoded(document)}`;
    return `${said}.${signBytes(null, Buffer.from(said), privateKey).toString('base64url')}`;
  };
}

export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

/** A strong ETag: the same bytes, the same tag. */
export const etagOf = (content: string): string => `"${sha256(content).slice(0, 32)}"`;
