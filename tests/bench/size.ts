import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'wxt';
import { signCrx } from '../../admin/pack/crx.ts';
import { readOrMakeExtensionKey } from '../../admin/pack/key.ts';
import { buildDir } from '../fixtures/school.ts';
import type { Bench, Figure } from './figures.ts';

const home = fileURLToPath(new URL('../../', import.meta.url));
const inKB = (bytes: number) => bytes / 1_000;

/** What a file of the build is for. */
function groupOf(path: string): string {
  if (path === 'background.js') return 'worker';
  if (path.startsWith('chunks/')) return 'page scripts';
  if (path.startsWith('_locales/')) return 'words';
  const groups: Record<string, string> = {
    '.css': 'styles',
    '.woff2': 'typeface',
    '.html': 'pages',
    '.png': 'icons',
    '.svg': 'icons',
    '.json': 'manifest and rules',
  };
  return groups[extname(path)] ?? 'other';
}

/** The build as it is shipped: raw, each group alone through gzip, and as the CRX that devices download. */
async function shipped(say: (line: string) => void): Promise<Figure[]> {
  const groups = new Map<string, { raw: number; gzipped: number }>();
  const entries = await readdir(buildDir, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    const group = groupOf(path.slice(buildDir.length + 1));
    const before = groups.get(group) ?? { raw: 0, gzipped: 0 };
    groups.set(group, {
      raw: before.raw + bytes.length,
      gzipped: before.gzipped + gzipSync(bytes).length,
    });
  }
  const sorted = [...groups].sort(([, a], [, b]) => b.raw - a.raw);
  say(`  ${'group'.padEnd(20)} ${'raw kB'.padStart(8)} ${'gzip kB'.padStart(8)}`);
  for (const [name, { raw, gzipped }] of sorted)
    say(`  ${name.padEnd(20)} ${inKB(raw).toFixed(1).padStart(8)} ${inKB(gzipped).toFixed(1).padStart(8)}`);

  const folder = await mkdtemp(join(tmpdir(), 'keystage-size-'));
  try {
    const kept = await readOrMakeExtensionKey(folder);
    if (!kept.ok) throw new Error(kept.message);
    const file = join(folder, 'keystage.crx');
    await signCrx(buildDir, kept.key, file);
    const crx = await readFile(file);
    // Magic, version, length of the signed header, header; the rest is the zip.
    const zipped = crx.length - 12 - crx.readUInt32LE(8);
    const raw = sorted.reduce((sum, [, group]) => sum + group.raw, 0);
    const figure = (name: string, bytes: number): Figure => ({
      name,
      unit: 'kB',
      value: inKB(bytes),
      times: 1,
    });
    return [figure('built extension, raw', raw), figure('zipped', zipped), figure('CRX', crx.length)];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What fills the scripts: packages whole, our own files one by one, before they are minified. */
async function modules(say: (line: string) => void): Promise<void> {
  const outDir = await mkdtemp(join(tmpdir(), 'keystage-size-build-'));
  const chunks = new Map<string, Map<string, number>>();
  const silent = () => {};
  process.env.NODE_ENV = 'production';
  try {
    await build({
      root: home,
      outDir,
      logger: {
        debug: silent,
        log: silent,
        info: silent,
        success: silent,
        warn: silent,
        error: console.error,
        fatal: console.error,
        level: 0,
      },
      vite: () => ({
        logLevel: 'error',
        build: { rollupOptions: { onwarn: silent } },
        plugins: [
          {
            name: 'list-modules',
            generateBundle(_, bundle) {
              for (const chunk of Object.values(bundle)) {
                if (chunk.type !== 'chunk') continue;
                const sizes = new Map<string, number>();
                for (const [id, { renderedLength }] of Object.entries(chunk.modules)) {
                  const name = nameOf(id);
                  sizes.set(name, (sizes.get(name) ?? 0) + renderedLength);
                }
                chunks.set(chunk.fileName, sizes);
              }
            },
          },
        ],
      }),
    });
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
  for (const [file, sizes] of chunks) {
    const sorted = [...sizes].sort(([, a], [, b]) => b - a);
    const whole = sorted.reduce((sum, [, size]) => sum + size, 0);
    // A chunk this small is nobody's saving.
    if (whole < 20_000) continue;
    say(`  ${file}: ${inKB(whole).toFixed(0)} kB before it is minified`);
    for (const [name, size] of sorted.slice(0, 8))
      say(
        `    ${name.padEnd(40)} ${inKB(size).toFixed(1).padStart(7)} kB ${((100 * size) / whole).toFixed(0).padStart(3)} %`,
      );
  }
}

function nameOf(id: string): string {
  const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1];
  return inPackage ?? id.replace(home, '').replace(/\?.*$/, '').replaceAll('\0', '');
}

/** How large the extension is, and what makes it so. */
export const run: Bench = async ({ say }) => {
  const figures = await shipped(say);
  await modules(say);
  return figures;
};
