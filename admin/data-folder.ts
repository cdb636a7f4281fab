import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';

const SigningKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  /** The raw public key, base64url: what IT pins in the managed settings, and the `kid` of every document. */
  x: z.string().length(43),
  d: z.string().length(43),
});
export type SigningKey = z.infer<typeof SigningKey>;

/** What must never leave the school's own computer, in one file that only its owner may read. */
export const Secrets = z.object({
  school: z.string().min(1).max(64),
  /** The first one signs; a second is pinned beside it while the school changes keys. */
  signingKeys: z.array(SigningKey).min(1).max(2),
  enrolmentToken: z.string().min(16).max(200),
  /** Signs the console's cookies. */
  cookieSecret: z.string().min(32),
});
export type Secrets = z.infer<typeof Secrets>;

/** Where everything lies inside the one folder that a school backs up. */
export const placesIn = (folder: string) => ({
  secrets: join(folder, 'secrets.json'),
  lists: join(folder, 'lists'),
  packed: join(folder, 'packed'),
});

/** Reads the secrets of a data folder; `undefined` where the endpoint has never run. Throws if the file is damaged. */
export async function readSecrets(folder: string): Promise<Secrets | undefined> {
  const { secrets } = placesIn(folder);
  if (!existsSync(secrets)) return undefined;
  return Secrets.parse(JSON.parse(await readFile(secrets, 'utf8')));
}

/** Reads the secrets, or makes them on the first run. A crash in between leaves no half a file. */
export async function readOrMakeSecrets(folder: string, school: string): Promise<Secrets> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const known = await readSecrets(folder);
  if (known) return known;
  const secrets: Secrets = {
    school,
    signingKeys: [await makeSigningKey()],
    enrolmentToken: randomBytes(24).toString('base64url'),
    cookieSecret: randomBytes(32).toString('base64url'),
  };
  await writeSecrets(folder, secrets);
  return secrets;
}

/** Replaces the secrets, whole or not at all: a crash leaves the old ones. */
export async function writeSecrets(folder: string, secrets: Secrets): Promise<void> {
  const { secrets: path } = placesIn(folder);
  const half = `${path}.new`;
  const file = await open(half, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(secrets, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(half, 0o600);
  await rename(half, path);
}

/** The key that signs now. */
export async function signingKeyIn(folder: string): Promise<SigningKey> {
  const [key] = (await readSecrets(folder))?.signingKeys ?? [];
  if (!key) throw Object.assign(new Error(`${folder} holds no signing key`), { code: 'no-signing-key' });
  return key;
}

export async function makeSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return SigningKey.parse(await exportJWK(privateKey));
}

/** What IT pins in the managed settings. */
export const publicKeysOf = (secrets: Secrets): string[] => secrets.signingKeys.map(({ x }) => x);
