import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Settings } from '../../rules/settings.ts';
import { type Stage, stages } from '../../rules/stages.ts';
import { placesIn, publicKeysOf, readSecrets } from '../data-folder.ts';
import { endpointAddress } from './address.ts';
import { signCrx } from './crx.ts';
import { readOrMakeExtensionKey } from './key.ts';
import { chromiumPolicy, googleAdmin } from './policies.ts';
import { prepareExtension } from './prepare.ts';
import { type PackRefused, problemOf, refused } from './refused.ts';
import { updatesXml } from './updates.ts';

export type PackOptions = {
  /** WXT's output, an unpacked extension: `.output/chrome-mv3`. */
  buildDir: string;
  /** The endpoint's data; keys and token are read there, and the extension's own key is kept there. */
  dataDir: string;
  /** Where IT finds the files. */
  outDir: string;
  /** The endpoint's address as devices reach it. */
  url: string;
  /** One stage only; without it a pair of files for each. */
  stage?: Stage;
  /** The class of the organisational unit that the files are for, if it has one. */
  group?: string;
  /** Instead of the version in the build. */
  version?: string;
};

export type Packed = { ok: true; extensionId: string; version: string; files: string[] };

/**
 * Packs a build for one school: a CRX signed with the school's own key, `updates.xml`, and per stage what IT pastes
 * into Google Admin and Chromium's policy for Linux. The endpoint serves the first two from its data. Nothing of it is
 * secret: pupils can read settings and extension alike.
 */
export async function pack(options: PackOptions): Promise<Packed | PackRefused> {
  const address = endpointAddress(options.url);
  if (!address.ok) return address;
  const { url } = address;

  const everySetting = await settingsFor(options, url);
  if (!everySetting.ok) return everySetting;
  const kept = await readOrMakeExtensionKey(options.dataDir);
  if (!kept.ok) return kept;
  const { key } = kept;

  const work = await mkdtemp(join(tmpdir(), 'keystage-pack-'));
  try {
    const { buildDir, version } = options;
    const extensionDir = join(work, 'extension');
    const prepared = await prepareExtension({
      buildDir,
      outDir: extensionDir,
      key,
      url,
      ...(version === undefined ? {} : { version }),
    });
    if (!prepared.ok) return prepared;

    const crx = join(work, 'keystage.crx');
    await signCrx(extensionDir, key, crx);
    const texts = new Map([['updates.xml', updatesXml({ extensionId: key.extensionId, url, ...prepared })]]);
    for (const settings of everySetting.settings) {
      const unit = [settings.stage, settings.group].filter(Boolean).join('.');
      texts.set(`google-admin.${unit}.json`, asText(googleAdmin(settings)));
      texts.set(`chromium-policy.${unit}.json`, asText(chromiumPolicy(key.extensionId, settings)));
    }
    await putInPlace(options.outDir, crx, texts);
    // What the endpoint serves: the CRX first, so that no device is told of a version that is not there yet.
    await putInPlace(placesIn(options.dataDir).packed, crx, new Map([...texts].slice(0, 1)));
    return {
      ok: true,
      extensionId: key.extensionId,
      version: prepared.version,
      files: ['keystage.crx', ...texts.keys()].map((name) => join(options.outDir, name)),
    };
  } catch (error) {
    return refused('cannot-write', problemOf(error));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const asText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

async function settingsFor(
  { dataDir, stage, group }: PackOptions,
  url: string,
): Promise<{ ok: true; settings: Settings[] } | PackRefused> {
  const secrets = await readSecrets(dataDir).catch(problemOf);
  if (typeof secrets === 'string')
    return refused('endpoint-never-ran', `The keys in ${dataDir} are damaged: ${secrets}`);
  if (!secrets)
    return refused(
      'endpoint-never-ran',
      `${dataDir} holds no keys yet. Run "npm start" once, then pack again.`,
    );
  const settings: Settings[] = [];
  for (const each of stage ? [stage] : stages) {
    const read = Settings.safeParse({
      endpoint: url,
      school: secrets.school,
      publicKeys: publicKeysOf(secrets),
      enrolmentToken: secrets.enrolmentToken,
      stage: each,
      ...(group === undefined ? {} : { group }),
    });
    if (!read.success) {
      const problems = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      return refused('bad-settings', problems.join('; '));
    }
    settings.push(read.data);
  }
  return { ok: true, settings };
}

/** Each file appears whole or not at all: the endpoint may be serving the old one. */
async function putInPlace(folder: string, crx: string, texts: Map<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const place = async (name: string, write: (path: string) => Promise<void>) => {
    const half = join(folder, `.${name}.${randomUUID()}`);
    await write(half);
    await rename(half, join(folder, name));
  };
  await place('keystage.crx', (half) => copyFile(crx, half));
  for (const [name, text] of texts) await place(name, (half) => writeFile(half, text));
}
