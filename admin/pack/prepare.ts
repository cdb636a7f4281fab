import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { packagedRules, packagedRulesets } from '../../rules/packaged.ts';
import type { ExtensionKey } from './key.ts';
import { type PackRefused, problemOf, refused } from './refused.ts';

/** What of a manifest `pack` needs to know; the rest is carried along. */
const Manifest = z.looseObject({
  manifest_version: z.literal(3),
  name: z.string(),
  version: z.string(),
  minimum_chrome_version: z.string().optional(),
  declarative_net_request: z.looseObject({
    rule_resources: z.array(z.looseObject({ id: z.enum(packagedRulesets), path: z.string() })),
  }),
});

/** Chrome's own: one to four numbers of up to 65535, not all of them zero. */
const isVersion = (text: string): boolean =>
  /^\d{1,5}(\.\d{1,5}){0,3}$/.test(text) &&
  text.split('.').every((part) => Number(part) <= 65_535 && String(Number(part)) === part) &&
  /[1-9]/.test(text);

export type Prepared = { ok: true; version: string; minimumChromeVersion: string | undefined };

export type PrepareOptions = {
  /** WXT's output: an unpacked extension. It is not changed. */
  buildDir: string;
  /** Where the school's own copy goes; what is there is replaced. */
  outDir: string;
  key: ExtensionKey;
  url: string;
  /** Instead of the version in the build. */
  version?: string;
};

/**
 * Makes a build this school's: its key and update address in the manifest, and the packaged rules that close
 * everything naming the block page by the extension's id, which only the key decides (DESIGN §7).
 */
export async function prepareExtension(options: PrepareOptions): Promise<Prepared | PackRefused> {
  const { buildDir, outDir, key, url } = options;
  if (options.version !== undefined && !isVersion(options.version))
    return refused('bad-version', `"${options.version}" is not a version that Chrome takes, such as 1.4.2`);

  const written = await readFile(join(buildDir, 'manifest.json'), 'utf8').catch(() => undefined);
  if (written === undefined)
    return refused('build-missing', `There is no extension in ${buildDir}. Run "npm run build" first.`);
  const manifest = readManifest(written);
  const resources = manifest?.declarative_net_request.rule_resources ?? [];
  const isWhole = packagedRulesets.every((ruleset) => resources.some(({ id }) => id === ruleset));
  if (!manifest || !isWhole)
    return refused('build-unusable', `${buildDir} holds no build of Keystage. Run "npm run build" again.`);

  const version = options.version ?? manifest.version;
  try {
    await rm(outDir, { recursive: true, force: true });
    await mkdir(outDir, { recursive: true });
    // Chromium leaves `_metadata` in a folder that it loaded unpacked, and installs no CRX that holds one.
    await cp(buildDir, outDir, { recursive: true, filter: (path) => basename(path) !== '_metadata' });
    const ours = { ...manifest, version, key: key.manifestKey, update_url: `${url}/updates.xml` };
    await writeFile(join(outDir, 'manifest.json'), JSON.stringify(ours));
    const rules = packagedRules(key.extensionId);
    for (const { id, path } of resources) await writeFile(join(outDir, path), JSON.stringify(rules[id]));
  } catch (error) {
    return refused('cannot-write', `${outDir}: ${problemOf(error)}`);
  }
  return { ok: true, version, minimumChromeVersion: manifest.minimum_chrome_version };
}

function readManifest(written: string) {
  try {
    return Manifest.safeParse(JSON.parse(written)).data;
  } catch {
    return undefined;
  }
}
