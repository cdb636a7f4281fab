import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
} from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PackRefused, problemOf, refused } from './refused.ts';

/** The key that makes an extension this school's: who holds it can update the extension on every device. */
export type ExtensionKey = {
  /** The 32 letters by which Chrome knows the extension; they follow from the key. */
  extensionId: string;
  /** For `key` in the manifest: the public half, base64. */
  manifestKey: string;
  /** Where the private half lies. */
  path: string;
};

export const extensionKeyPath = (dataDir: string): string => join(dataDir, 'extension-key.pem');

/** The first 128 bits of the public key's SHA-256, in the letters a–p. */
export function extensionIdOf(publicKey: Buffer): string {
  const digits = createHash('sha256').update(publicKey).digest('hex').slice(0, 32);
  return [...digits].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
}

/**
 * Reads the extension's RSA key from the endpoint's data, or makes it on first use, readable by its owner only. It is
 * never made anew over one that is there: another key is another extension, and no device would update to it.
 */
export async function readOrMakeExtensionKey(
  dataDir: string,
): Promise<{ ok: true; key: ExtensionKey } | PackRefused> {
  const path = extensionKeyPath(dataDir);
  try {
    if (!existsSync(path)) await makeKey(dataDir, path);
    const privateKey = createPrivateKey(await readFile(path));
    if (privateKey.asymmetricKeyType !== 'rsa') return refused('key-unusable', `${path} holds no RSA key.`);
    // A copy from a backup may have lost its mode.
    await chmod(path, 0o600);
    return { ok: true, key: keyFrom(privateKey, path) };
  } catch (error) {
    return refused('key-unusable', `${path} could not be read or made: ${problemOf(error)}`);
  }
}

function keyFrom(privateKey: KeyObject, path: string): ExtensionKey {
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return { extensionId: extensionIdOf(publicKey), manifestKey: publicKey.toString('base64'), path };
}

async function makeKey(dataDir: string, path: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const half = `${path}.${randomUUID()}`;
  try {
    await writeFile(half, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
    // Unlike a rename, a link never replaces a key that another `pack` made meanwhile.
    await link(half, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(half, { force: true });
  }
}
