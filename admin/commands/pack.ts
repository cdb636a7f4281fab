import { Stage } from '../../rules/stages.ts';
import { readSecrets } from '../data-folder.ts';
import { policyNow } from '../documents-now.ts';
import { allClasses } from '../groups/classes.ts';
import { writeAudit } from '../store/audit.ts';
import { openStore } from '../store/open.ts';
import { noGroup } from '../verdict-question.ts';
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

/** Chromebooks that are told of a class that nobody has would wait for its lessons for ever. */
async function problemOfGroup(data: string, group: string): Promise<string | undefined> {
  // Where the endpoint never ran, `pack` itself says what to do.
  if (!(await readSecrets(data).catch(() => undefined))) return undefined;
  const store = await openStore(data);
  try {
    const policy = await policyNow(store);
    const classes = await allClasses(store, policy);
    if (classes.some(({ id }) => id === group)) return undefined;
    return policy ? noGroup(group, classes) : 'no-policy: No policy is published yet.';
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
      const problem = group && (await problemOfGroup(data, group));
      if (problem) return misused(problem);
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
      return done(
        `Extension ${packed.extensionId}, version ${packed.version}`,
        ...packed.files,
        `For Google Admin: the address ${new URL('/updates.xml', url)}, and of these files google-admin.*.json, each for its own unit`,
      );
    },
  },
};
