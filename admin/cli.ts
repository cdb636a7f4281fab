import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { classCommands } from './commands/classes.ts';
import { type Command, done, type InOut, misused, type Outcome } from './commands/command.ts';
import { keyCommands } from './commands/keys.ts';
import { listCommands } from './commands/lists.ts';
import { orderCommands } from './commands/orders.ts';
import { packCommands } from './commands/pack.ts';
import { peopleCommands } from './commands/people.ts';
import { policyCommands } from './commands/policy.ts';
import { verdictCommands } from './commands/verdict.ts';

const commands: Record<string, Command> = {
  ...policyCommands,
  ...orderCommands,
  ...peopleCommands,
  ...classCommands,
  ...packCommands,
  ...keyCommands,
  ...verdictCommands,
  ...listCommands,
};

/** Reads a command line and runs it; with `--help` says what it would do. 0 done, 1 refused with the reason, 2 not understood. */
export async function runCommand(
  args: string[],
  env: Record<string, string | undefined>,
  inOut: InOut = ofProcess,
): Promise<Outcome> {
  const name = Object.keys(commands).find((known) => known.split(' ').every((word, at) => args[at] === word));
  const command = name && commands[name];
  const asksHelp = args[0] === 'help' || args.some((word) => word === '--help' || word === '-h');
  if (command && asksHelp) return done(...helpOf(command));
  if (!command) {
    const ofGroup = Object.keys(commands).filter((known) => known.split(' ')[0] === args[0]);
    const noWord = args[0] === undefined || args[0] === 'help' || args[0].startsWith('-');
    if (asksHelp && (noWord || ofGroup.length > 0))
      return done(...usageOf(ofGroup.length > 0 ? ofGroup : Object.keys(commands)));
    if (ofGroup.length > 0 && args[1] === undefined) return misused(...usageOf(ofGroup));
    return misused(
      args[0] ? `unknown command: ${args.slice(0, 2).join(' ')}` : 'no command',
      ...usageOf(ofGroup.length > 0 ? ofGroup : Object.keys(commands)),
    );
  }
  const { usage, flags = [], switches = [], words: expected = 0 } = command;
  try {
    const { values, positionals: words } = parseArgs({
      args: args.slice(name.split(' ').length),
      allowPositionals: true,
      options: {
        ...Object.fromEntries(['data', ...flags].map((flag) => [flag, { type: 'string' as const }])),
        ...Object.fromEntries(switches.map((flag) => [flag, { type: 'boolean' as const }])),
      },
    });
    if (expected === 'some' ? words.length === 0 : words.length !== expected)
      return misused(`usage: npm run -s keystage -- ${usage} [--data <folder>]`);
    const { data = env.KEYSTAGE_DATA || './keystage-data', ...rest } = values;
    return await command.run({
      ...inOut,
      words,
      data: String(data),
      values: Object.fromEntries(flags.map((flag) => [flag, textOf(values[flag])])),
      switches: new Set(switches.filter((flag) => rest[flag] === true)),
    });
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      return misused(parsingProblem(error), `usage: npm run -s keystage -- ${usage} [--data <folder>]`);
    throw error;
  }
}

const helpOf = ({ usage, does }: Command): string[] => [
  `Usage: npm run -s keystage -- ${usage} [--data <folder>]`,
  '',
  does,
  'The data folder is --data, else KEYSTAGE_DATA, else ./keystage-data.',
];

/** Node's own sentence ends with advice on words that begin with a dash, which nobody meant. */
const parsingProblem = ({ message }: Error): string => {
  const [, unknown] = /^Unknown option '([^']+)'/.exec(message) ?? [];
  return unknown ? `unknown option: ${unknown}` : message;
};

const usageOf = (names: readonly string[]): string[] => [
  'Usage: npm run -s keystage -- <command> [--data <folder>]',
  ...names.map((name) => `  ${commands[name]?.usage ?? name}`),
  'Each of them says more with --help.',
];

const ofProcess: InOut = {
  input: () => process.stdin,
  say: (line) => (process.stdout.write(`${line}\n`) ? undefined : once(process.stdout, 'drain')),
  note: (line) => process.stderr.write(`${line}\n`),
};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

if (import.meta.main) {
  process.umask(0o077);
  // Whoever reads has had enough (`| head`): that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const { code, lines } = await runCommand(process.argv.slice(2), process.env);
  const out = code === 0 ? process.stdout : process.stderr;
  out.write(lines.map((line) => `${line}\n`).join(''));
  process.exitCode = code;
}
