import { writeFile } from 'node:fs/promises';
import { readSecrets } from '../data-folder.ts';
import { policyPage } from '../policy-page.ts';
import { checkPolicy, type PolicyChecked } from '../publish.ts';
import {
  type Command,
  commandLine,
  done,
  type Outcome,
  refusedFile,
  withEndpoint,
  withJson,
} from './command.ts';

export const policyCommands: Record<string, Command> = {
  'policy check': {
    usage: 'policy check <file>',
    words: 1,
    run: ({ data, words: [file = ''], note }) =>
      withJson(file, async (written) => {
        const secrets = await readSecrets(data);
        if (!secrets) note(`note: there is no Keystage data in ${data}, so the school is not compared`);
        const school = secrets?.school ?? schoolOf(written);
        return reportOn(checkPolicy(written, school), file, () => 'can be published');
      }),
  },
  'policy page': {
    usage: 'policy page <file> [--out <file>]',
    words: 1,
    flags: ['out'],
    run: ({ words: [file = ''], values: { out } }) =>
      withJson(file, async (written) => {
        const checked = checkPolicy(written, schoolOf(written));
        if (!checked.ok) return refusedFile(checked.code, file, checked.issues);
        const page = policyPage(checked.policy);
        if (out === undefined) return done(page.trimEnd());
        await writeFile(out, page);
        return done(`${out} says how "${checked.policy.schoolName}" filters the web`);
      }),
  },
  'policy publish': {
    usage: 'policy publish <file>',
    words: 1,
    run: ({ data, words: [file = ''] }) =>
      withJson(file, (written) =>
        withEndpoint(data, async (endpoint) =>
          reportOn(
            await endpoint.publishPolicy(written, commandLine),
            file,
            ({ epoch, issuedAt }) => `is in force as ${epoch}.${issuedAt}`,
          ),
        ),
      ),
  },
};

/** The page is for whatever school the file is of; only publishing asks whether it is ours. */
const schoolOf = (written: unknown): string =>
  typeof written === 'object' && written !== null && 'school' in written ? String(written.school) : '';

type Published = Extract<PolicyChecked, { ok: true }>['policy'];

const reportOn = (checked: PolicyChecked, file: string, say: (policy: Published) => string): Outcome =>
  checked.ok ? done(`${file} ${say(checked.policy)}`) : refusedFile(checked.code, file, checked.issues);
