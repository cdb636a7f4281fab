import { makeSigningKey, publicKeysOf, readSecrets, type Secrets, writeSecrets } from './data-folder.ts';
import type { Publisher } from './publish.ts';
import { reissue } from './reissue.ts';
import { createSign } from './sign.ts';
import { writeAudit } from './store/audit.ts';

export type Rotated =
  | { ok: true; publicKeys: string[]; begunBefore: boolean }
  | { ok: false; code: 'no-rotation' | 'no-data' };

/** First step: makes a second key, which signs nothing yet. Both are to be pinned. Again: the same two. */
export async function beginRotation(folder: string, publisher: Publisher, by: string): Promise<Rotated> {
  const secrets = await readSecrets(folder);
  if (!secrets) return { ok: false, code: 'no-data' };
  if (secrets.signingKeys.length === 2)
    return { ok: true, publicKeys: publicKeysOf(secrets), begunBefore: true };
  const both: Secrets = { ...secrets, signingKeys: [...secrets.signingKeys, await makeSigningKey()] };
  await writeSecrets(folder, both);
  await writeAudit(publisher.store, [{ at: publisher.now(), person: null, by, act: 'began-key-rotation' }]);
  return { ok: true, publicKeys: publicKeysOf(both), begunBefore: false };
}

/**
 * Second step: every document is signed anew with the second key, then the first key goes. A crash in between leaves
 * both keys, which devices have pinned, and the step can be taken again.
 */
export async function finishRotation(folder: string, publisher: Publisher, by: string): Promise<Rotated> {
  const secrets = await readSecrets(folder);
  if (!secrets) return { ok: false, code: 'no-data' };
  const [, next] = secrets.signingKeys;
  if (!next) return { ok: false, code: 'no-rotation' };
  await reissue({ ...publisher, sign: createSign(next) }, by);
  await writeSecrets(folder, { ...secrets, signingKeys: [next] });
  await writeAudit(publisher.store, [
    { at: publisher.now(), person: null, by, act: 'finished-key-rotation' },
  ]);
  return { ok: true, publicKeys: [next.x], begunBefore: true };
}
