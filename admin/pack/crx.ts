import { join } from 'node:path';
import writeCrx3 from 'crx3';
import type { ExtensionKey } from './key.ts';

/** Zip times are the same in every run, so that the same build gives the same file. */
const anyTime = Date.UTC(2020, 0, 1);

/** Signs an unpacked extension into one CRX3 file, as force-install wants it. */
export async function signCrx(extensionDir: string, key: ExtensionKey, crxPath: string): Promise<void> {
  await writeCrx3([join(extensionDir, 'manifest.json')], {
    keyPath: key.path,
    crxPath,
    forceDateTime: anyTime,
  });
}
