import type { Generated } from 'kysely';
import type { DocumentKind } from '../../../rules/document.ts';
import type { Instant, Json } from './columns.ts';

/** Small facts of the endpoint that are neither secret nor a document, such as the standing orders. */
export type Standing = { key: string; value: Json };

/** Every version that was ever signed; the newest (epoch, issuedAt) of a kind is in force. */
export type Documents = {
  number: Generated<number>;
  kind: DocumentKind;
  epoch: number;
  issuedAt: Instant;
  /** Of the content without its times: the same digest means that nothing needs to be signed again. */
  digest: string;
  expiresAt: Instant | null;
  body: Json;
  jws: string;
  etag: string;
  publishedBy: string;
};
