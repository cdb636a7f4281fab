import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pack } from '../../../admin/pack/pack.ts';
import { essentialHosts } from '../../../rules/essential.ts';
import { buildDir, type School } from '../../fixtures/school.ts';

/**
 * What a guard would be, for measuring only: it stands first in the worker, so that Chrome calls it for every
 * navigation, holds those that come before the worker has launched, and sends held tabs on their way afterwards.
 * A page of ours can take it away by `guardWanted`, until the worker starts again. It must answer at once, and on a cold wake it cannot know yet whether this is a launch (CHROME-FACTS 18).
 */
const guardScript = (quiet: readonly string[]) => `{
  const quiet = new Set(${JSON.stringify(quiet)});
  const held = new Map();
  let ready = false;
  const guard = ({ url, type, tabId }) => {
    if (ready || quiet.has(new URL(url).hostname)) return;
    if (type === 'main_frame') held.set(tabId, url);
    return { cancel: true };
  };
  const letGo = () => {
    ready = true;
    for (const [tabId, url] of held) chrome.tabs.update(tabId, { url });
    held.clear();
  };
  chrome.storage.session.get('launched').then(({ launched }) => { if (launched) letGo(); });
  chrome.storage.session.onChanged.addListener(({ launched }) => { if (launched?.newValue) letGo(); });
  const guardOn = () => chrome.webRequest.onBeforeRequest.addListener(
    guard, { urls: ['http://*/*', 'https://*/*'], types: ['main_frame', 'sub_frame'] }, ['blocking']);
  chrome.storage.session.onChanged.addListener(({ guardWanted }) => {
    if (!guardWanted) return;
    chrome.webRequest.onBeforeRequest.removeListener(guard);
    if (guardWanted.newValue.on) guardOn();
    chrome.storage.session.set({ guardIs: guardWanted.newValue });
  });
  guardOn();
}
`;

/** A copy of the build with a guard in it. */
export async function withGuard(folder: string): Promise<string> {
  await cp(buildDir, folder, { recursive: true });
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  manifest.permissions.push('webRequest', 'webRequestBlocking');
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  const worker = join(folder, manifest.background.service_worker);
  const quiet = ['127.0.0.1', ...essentialHosts.map(({ host }) => host)];
  await writeFile(worker, guardScript(quiet) + (await readFile(worker, 'utf8')));
  return folder;
}

/** Packs a build for KS2, and what Chromium must be told to install it; the block of its own pages is left out. */
export async function packForSchool(
  school: School,
  build = buildDir,
  url = school.url,
): Promise<{ extensionId: string; policy: Record<string, unknown> }> {
  const outDir = join(school.folder, 'for-it');
  const packed = await pack({
    buildDir: build,
    dataDir: school.folder,
    outDir,
    url,
    stage: 'KS2',
  });
  if (!packed.ok) throw new Error(`${packed.code}: ${packed.message}`);
  const written = JSON.parse(await readFile(join(outDir, 'chromium-policy.KS2.json'), 'utf8'));
  const { URLBlocklist: _, ...policy } = written;
  return { extensionId: packed.extensionId, policy };
}
