import { Stage } from '../../rules/stages.ts';
import { writeAudit } from '../store/audit.ts';
import { openStore } from '../store/open.ts';
import { type Command, commandLine, done, failed, misused } from './command.ts';

/** From now on the endpoint offers this version to every device. */
async function writeDown(data: string, extension: string): Promise<void> {
  const store = await openStore(data);
  try {
    await writeAudit(store, [
      { at: new Date(), person: null, by: commandLine, act: 'packed-extension', facts: { extension } },
    ]);
  } finally {
    await store.destroy();
  }
}

export const packCommands: Record<string, Command> = {
  pack: {
    does: 'Packs the built extension with the school’s settings: the CRX, updates.xml, and the files for Google Admin.',
    usage:
      'pack --url <endpoint> --out <dir> [--build <dir>] [--version <x.y.z>] [--stage <stage>] [--group <group>]',
    flags: ['url', 'out', 'build', 'version', 'stage', 'group'],
    run: async ({ data, values: { url, out, build, version, stage, group } }) => {
      if (!url || !out) return misused('pack needs --url and --out');
      const read = Stage.optional().safeParse(stage);
      if (!read.success) return misused(`--stage must be one of ${Stage.options.join(', ')}`);
      if (version !== undefined && !/^\d{1,5}\.\d{1,5}\.\d{1,5}$/.test(version))
        return misused('--version must be three numbers, such as 1.4.2');
      const { pack } = await import('../pack/pack.ts');
      const packed = await pack({
        buildDir: build ?? '.output/chrome-mv3',
        dataDir: data,
        outDir: out,
        url,
        ...(read.data && { stage: read.data }),
        ...(group && { group }),
        ...(version !== undefined && { version }),
      });
      if (!packed.ok) return failed(`${packed.code}: ${packed.message}`);
      await writeDown(data, packed.version);
      return done(`Extension ${packed.extensionId}, version ${packed.version}`, ...packed.files);
    },
  },
};
