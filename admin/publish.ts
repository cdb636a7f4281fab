import { randomBytes } from 'node:crypto';
import { accountToHash, hashedAccount, isHashedAccount } from '../rules/account-hash.ts';
import { type DocumentKind, type Envelope, versionOf } from '../rules/document.ts';
import type { Policy } from '../rules/policy.ts';
import type { AuditFacts } from './audit-acts.ts';
import { checkPolicy, type PolicyChecked } from './policy-check.ts';
import { etagOf, type Sign, sha256 } from './sign.ts';
import { writeAudit } from './store/audit.ts';
import { keepDocument, newestDocument, type StoredDocument } from './store/documents.ts';
import { readStanding, writeStanding } from './store/standing.ts';
import type { Writing } from './store/tables.ts';

/** Whose documents these are, and what signs them. */
export type Publisher = { store: Writing; sign: Sign; school: string; now: () => Date };

/** Runs a task of several writes in one transaction: all or nothing, also against another process. */
export const inOneGo = <T>(publisher: Publisher, task: (publisher: Publisher) => Promise<T>): Promise<T> =>
  publisher.store.isTransaction
    ? task(publisher)
    : publisher.store.transaction().execute((store) => task({ ...publisher, store }));

/**
 * Signs a policy as the newest one and puts it in force, with its line in the audit. `person` is whoever publishes at the
 * console; nobody for the command line. Its epoch and issue time are set here and only here.
 */
export async function publishPolicy(
  publisher: Publisher,
  written: unknown,
  publishedBy: string,
  person: string | null = null,
): Promise<PolicyChecked> {
  const checked = checkPolicy(written, publisher.school);
  if (!checked.ok) return checked;
  return inOneGo(publisher, async (writing) => {
    const before = await newestDocument(writing.store, 'policy');
    const policy = (await signAndKeep(writing, 'policy', checked.policy, publishedBy)) as Policy;
    await writeAudit(writing.store, [
      {
        at: writing.now(),
        person,
        by: publishedBy,
        act: 'published-policy',
        facts: { version: versionOf(policy), ...noteOf(policy, before && JSON.parse(before.body)) },
      },
    ]);
    return { ok: true, policy };
  });
}

/** The newest line of the policy's history that the policy before it did not have. */
function noteOf({ history }: Policy, before: Policy | undefined): AuditFacts {
  const known = new Set((before?.history ?? []).map((line) => JSON.stringify(line)));
  const fresh = history.filter((line) => !known.has(JSON.stringify(line)));
  const note = fresh.toSorted((a, b) => a.at.localeCompare(b.at)).at(-1);
  return note ? { changed: note.what, why: note.why } : { noNote: true };
}

/**
 * Signs a document under the next version: (epoch, issuedAt) strictly rises, also when the clock was put back.
 * `content` may hold an envelope, which is replaced.
 */
export const signAndKeep = (publisher: Publisher, ...given: ToSign): Promise<Envelope> =>
  inOneGo(publisher, (writing) => signNext(writing, ...given));

type ToSign = [
  kind: DocumentKind,
  content: Omit<Envelope, 'epoch' | 'issuedAt' | 'school'> & Record<string, unknown>,
  publishedBy: string,
  expiresAfterMs?: number,
];

async function signNext(
  { store, sign, school, now }: Publisher,
  ...[kind, content, publishedBy, expiresAfterMs]: ToSign
): Promise<Envelope> {
  const last = await newestDocument(store, kind);
  const epoch = Math.max(Number((await readStanding(store, 'epoch')) ?? 1), last?.epoch ?? 0);
  const after = last && last.epoch === epoch ? Date.parse(last.issuedAt) + 1 : 0;
  const issued = Math.max(now().getTime(), after);
  const expiresAt = expiresAfterMs === undefined ? null : new Date(issued + expiresAfterMs).toISOString();
  const document = {
    ...content,
    school,
    epoch,
    issuedAt: new Date(issued).toISOString(),
    ...(expiresAt && { expiresAt }),
  };
  // Kept as it was written, for the school; what travels to every device names no account.
  const travels =
    kind === 'policy' ? withoutAccounts(document as unknown as Policy, await accountSalt(store)) : document;
  const jws = await sign(kind, travels);
  await keepDocument(store, {
    kind,
    epoch,
    issuedAt: document.issuedAt,
    digest: digestOf(content, school),
    expiresAt,
    body: JSON.stringify(document),
    jws,
    etag: etagOf(jws),
    publishedBy,
  });
  return document;
}

/** The school's own, made once: signing the same policy again says the same. */
async function accountSalt(store: Writing): Promise<string> {
  const kept = await readStanding(store, 'accountSalt');
  if (typeof kept === 'string') return kept;
  const salt = randomBytes(16).toString('base64url');
  await writeStanding(store, 'accountSalt', salt);
  return salt;
}

/** A policy whose overlays name accounts by salted hash only. A device that knows no hashes must not overlook one. */
function withoutAccounts(policy: Policy, salt: string): Policy {
  const { overlays } = policy;
  if (!overlays?.some(({ scope }) => scope.pupils)) return policy;
  const hashed = (account: string) =>
    isHashedAccount(account) ? account : hashedAccount(sha256(accountToHash(salt, account)));
  return {
    ...policy,
    mustUnderstand: [...new Set([...policy.mustUnderstand, 'accountSalt'])],
    accountSalt: salt,
    overlays: overlays.map(({ scope, ...overlay }) => ({
      ...overlay,
      scope: { ...scope, ...(scope.pupils ? { pupils: scope.pupils.map(hashed) } : {}) },
    })),
  };
}

/** Of what a document says and for which school, without its version and its times. */
export function digestOf(content: Record<string, unknown>, school: string): string {
  const { epoch: _epoch, issuedAt: _issuedAt, expiresAt: _expiresAt, school: _school, ...said } = content;
  return sha256(JSON.stringify({ ...said, school }));
}

/** The version of a stored document, as devices and reports name it. */
export const versionOfStored = ({ epoch, issuedAt }: StoredDocument): string =>
  versionOf({ epoch, issuedAt } as Envelope);
