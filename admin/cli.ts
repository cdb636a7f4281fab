import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Role } from './console-wire.ts';
import { publicKeysOf, readSecrets, type Secrets } from './data-folder.ts';
import { createEndpoint, type Endpoint } from './endpoint.ts';
import { createLog } from './log.ts';
import { checkPolicy, type PolicyChecked } from './publish.ts';

/** A command's answer to the person who gave it: lines to read, and how it went. */
type Outcome = { code: 0 | 1 | 2; lines: string[] };
type Values = Record<string, string | undefined>;
type Command = {
  usage: string;
  flags: string[];
  /** How many words follow the command. */
  words: number;
  run: (given: { values: Values; words: string[]; data: string }) => Promise<Outcome>;
};

const done = (...lines: string[]): Outcome => ({ code: 0, lines });
const failed = (...lines: string[]): Outcome => ({ code: 1, lines });
const misused = (...lines: string[]): Outcome => ({ code: 2, lines });

const commands: Record<string, Command> = {
  'keys show': {
    usage: 'keys show',
    flags: [],
    words: 0,
    run: ({ data }) =>
      withSecrets(data, async (secrets) =>
        done(`School: ${secrets.school}`, ...publicKeysOf(secrets).map((key) => `Public key: ${key}`)),
      ),
  },
  'token show': {
    usage: 'token show',
    flags: [],
    words: 0,
    run: ({ data }) => withSecrets(data, async ({ enrolmentToken }) => done(enrolmentToken)),
  },
  'policy check': {
    usage: 'policy check <file>',
    flags: [],
    words: 1,
    run: ({ data, words: [file = ''] }) =>
      withSecrets(data, ({ school }) =>
        withJson(file, async (written) =>
          reportOn(checkPolicy(written, school), file, () => 'can be published'),
        ),
      ),
  },
  'policy publish': {
    usage: 'policy publish <file>',
    flags: [],
    words: 1,
    run: ({ data, words: [file = ''] }) =>
      withJson(file, (written) =>
        withEndpoint(data, async (endpoint) =>
          reportOn(
            await endpoint.publishPolicy(written, 'command line'),
            file,
            ({ epoch, issuedAt }) => `is in force as ${epoch}.${issuedAt}`,
          ),
        ),
      ),
  },
  'people add': {
    usage: `people add --email <address> --name <name> --role <${Role.options.join('|')}>`,
    flags: ['email', 'name', 'role'],
    words: 0,
    run: ({ data, values }) => addPerson(data, values),
  },
  pack: {
    usage: 'pack --url <endpoint> --out <dir> [--build <dir>] [--stage <stage>] [--group <group>]',
    flags: ['url', 'out', 'build', 'stage', 'group'],
    words: 0,
    run: ({ data, values }) => packExtension(data, values),
  },
};

async function addPerson(data: string, { email = '', name = '', role: asked }: Values): Promise<Outcome> {
  const role = Role.safeParse(asked);
  if (!role.success) return misused(`--role must be one of ${Role.options.join(', ')}`);
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) return misused('--email must be an e-mail address');
  if (!name.trim()) return misused('--name must not be empty');
  return withEndpoint(data, async ({ people }) => {
    const added = await people.add({ email, name: name.trim(), role: role.data });
    if (!added.ok) return failed(`${added.code}: somebody with this e-mail address is there already`);
    return done(`${email} may sign in as ${role.data}.`, `One-time password: ${added.oneTimePassword}`);
  });
}

async function packExtension(dataDir: string, { url, out, build, stage, group }: Values): Promise<Outcome> {
  if (!url || !out) return misused('pack needs --url and --out');
  const [{ pack }, { Stage }] = await Promise.all([import('./pack/pack.ts'), import('../rules/stages.ts')]);
  const read = Stage.optional().safeParse(stage);
  if (!read.success) return misused(`--stage must be one of ${Stage.options.join(', ')}`);
  const packed = await pack({
    buildDir: build ?? '.output/chrome-mv3',
    dataDir,
    outDir: out,
    url,
    ...(read.data && { stage: read.data }),
    ...(group && { group }),
  });
  if (!packed.ok) return failed(`${packed.code}: ${packed.message}`);
  return done(`Extension ${packed.extensionId}, version ${packed.version}`, ...packed.files);
}

async function withSecrets(data: string, use: (secrets: Secrets) => Promise<Outcome>): Promise<Outcome> {
  const secrets = await readSecrets(data);
  return secrets
    ? use(secrets)
    : failed(`no-data: there is no Keystage data in ${data}; run "npm start" once`);
}

async function withEndpoint(data: string, use: (endpoint: Endpoint) => Promise<Outcome>): Promise<Outcome> {
  return withSecrets(data, async ({ school }) => {
    const endpoint = await createEndpoint({
      folder: data,
      school,
      consoleUrl: 'http://127.0.0.1:8788',
      log: createLog('warn'),
    });
    try {
      return await use(endpoint);
    } finally {
      await endpoint.close();
    }
  });
}

async function withJson(file: string, use: (written: unknown) => Promise<Outcome>): Promise<Outcome> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return failed(`no-file: ${file} cannot be read`);
  }
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch (error) {
    return failed(`not-json: ${file}: ${error instanceof Error ? error.message : ''}`);
  }
  return use(written);
}

type Published = Extract<PolicyChecked, { ok: true }>['policy'];

function reportOn(checked: PolicyChecked, file: string, say: (policy: Published) => string): Outcome {
  if (checked.ok) return done(`${file} ${say(checked.policy)}`);
  return failed(
    `${checked.code}: ${file} is refused, nothing was changed`,
    ...checked.issues.map(({ path, problem }) => `  ${path || '(document)'}: ${problem}`),
  );
}

/** Reads a command line and runs it. 0 done, 1 refused with the reason, 2 not understood. */
export async function runCommand(args: string[], env: Record<string, string | undefined>): Promise<Outcome> {
  const usage = [
    'Usage: keystage <command> [--data <dir>]',
    ...Object.values(commands).map(({ usage }) => `  ${usage}`),
  ];
  const name = Object.keys(commands).find((known) => known.split(' ').every((word, at) => args[at] === word));
  const command = name && commands[name];
  if (!command)
    return misused(args[0] ? `unknown command: ${args.slice(0, 2).join(' ')}` : 'no command', ...usage);
  try {
    const { values, positionals: words } = parseArgs({
      args: args.slice(name.split(' ').length),
      allowPositionals: true,
      options: Object.fromEntries(
        ['data', ...command.flags].map((flag) => [flag, { type: 'string' as const }]),
      ),
    });
    if (words.length !== command.words) return misused(`usage: keystage ${command.usage}`);
    const data = String(values.data ?? (env.KEYSTAGE_DATA || './keystage-data'));
    return await command.run({ values: values as Values, words, data });
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      return misused(error.message, `usage: keystage ${command.usage}`);
    throw error;
  }
}

if (import.meta.main) {
  process.umask(0o077);
  const { code, lines } = await runCommand(process.argv.slice(2), process.env);
  const out = code === 0 ? process.stdout : process.stderr;
  out.write(lines.map((line) => `${line}\n`).join(''));
  process.exitCode = code;
}
