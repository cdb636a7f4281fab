import { readSecrets, type Secrets } from '../data-folder.ts';
import { createEndpoint, type Endpoint } from '../endpoint.ts';
import { readJsonFile } from '../json-file.ts';
import { createLog } from '../log.ts';
import type { Issue } from '../plain-issues.ts';
import { sayIssue } from '../shown-path.ts';

/** A command's answer to the person who gave it: lines to read, and how it went. */
export type Outcome = { code: 0 | 1 | 2; lines: string[] };

/** Where a command reads and writes besides its outcome. */
export type InOut = {
  input: () => AsyncIterable<Uint8Array | string>;
  /** A line of the answer at once; a promise when whoever reads is slower. */
  say: (line: string) => Promise<unknown> | undefined;
  /** A line beside the answer, for the person. */
  note: (line: string) => void;
};

export type Given = InOut & {
  values: Record<string, string | undefined>;
  switches: ReadonlySet<string>;
  words: string[];
  data: string;
};

export type Command = {
  usage: string;
  /** What it does, in a sentence or two, for its help. */
  does: string;
  /** Flags that take a value. */
  flags?: string[];
  /** Flags that stand alone. */
  switches?: string[];
  /** How many words follow the command; `some` is one or more. */
  words?: number | 'some';
  run: (given: Given) => Promise<Outcome>;
};

export const done = (...lines: string[]): Outcome => ({ code: 0, lines });
export const failed = (...lines: string[]): Outcome => ({ code: 1, lines });
export const misused = (...lines: string[]): Outcome => ({ code: 2, lines });

/** Who stands in the audit and beside documents. */
export const commandLine = 'command line';

/** A file that was refused: its code, and each place with its reason. */
export const refusedFile = (code: string, file: string, issues: readonly Issue[]): Outcome =>
  failed(
    `${code}: ${file} is refused, nothing was changed`,
    ...issues.map((issue) => `  ${sayIssue(issue)}`),
  );

export async function withSecrets(
  data: string,
  use: (secrets: Secrets) => Promise<Outcome>,
): Promise<Outcome> {
  const secrets = await readSecrets(data);
  return secrets
    ? use(secrets)
    : failed(
        `no-data: there is no Keystage data in ${data}; start the endpoint once: npm start -- --data ${data} --school <your-school>`,
      );
}

/** The endpoint put together on the data, without listening; the one that runs may go on beside it. */
export async function withEndpoint(
  data: string,
  use: (endpoint: Endpoint) => Promise<Outcome>,
): Promise<Outcome> {
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

export async function withJson(file: string, use: (written: unknown) => Promise<Outcome>): Promise<Outcome> {
  const read = await readJsonFile(file);
  return read.ok ? use(read.written) : failed(`${read.code}: ${read.why}`);
}
