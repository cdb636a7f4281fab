import { writeFile } from 'node:fs/promises';
import type { Policy } from '../../rules/policy.ts';
import { readSecrets } from '../data-folder.ts';
import { policyNow } from '../documents-now.ts';
import { exampleLeft } from '../example-left.ts';
import { checkPolicy, type PolicyChecked } from '../policy-check.ts';
import { whatGoes } from '../policy-goes.ts';
import { policyNotes } from '../policy-notes.ts';
import { policyPage } from '../policy-page.ts';
import { sayIssue } from '../shown-path.ts';
import { openStore } from '../store/open.ts';
import {
  type Command,
  commandLine,
  done,
  failed,
  type Outcome,
  refusedFile,
  withEndpoint,
  withJson,
} from './command.ts';

export const policyCommands: Record<string, Command> = {
  'policy check': {
    does: 'Says what is wrong with a policy file, what of the example is left in it, and what is worth a second look. Changes nothing.',
    usage: 'policy check <file>',
    words: 1,
    run: ({ data, words: [file = ''], note }) =>
      withJson(file, async (written) => {
        const secrets = await readSecrets(data);
        if (!secrets) note(`note: there is no Keystage data in ${data}, so the school is not compared`);
        const school = secrets?.school ?? schoolOf(written);
        const checked = checkPolicy(written, school);
        if (!checked.ok) return refusedFile(checked.code, file, checked.issues);
        const before = secrets && (await policyInForce(data));
        for (const one of [
          ...(await policyNotes(checked.policy, new Date())),
          ...(before ? whatGoes(before, checked.policy) : []),
        ])
          note(`note: ${sayIssue(one)}`);
        const left = await exampleLeft(checked.policy);
        if (left.length === 0) return done(`${file} can be published`);
        return failed(
          `example-left: ${file} is a policy, with parts of the example in it; before it is published, change these:`,
          ...left.map((one) => `  ${sayIssue(one)}`),
        );
      }),
  },
  'policy page': {
    does: 'Writes the page on which the school says how it filters the web, from a policy file.',
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
    does: 'Signs a policy file and puts it in force. It stands in the audit with the newest line of its history. --example lets what an example invents through.',
    usage: 'policy publish <file> [--example]',
    words: 1,
    // For trying things out: an invented school may say what is invented.
    switches: ['example'],
    run: ({ data, words: [file = ''], switches, note }) =>
      withJson(file, (written) =>
        withEndpoint(data, async (endpoint) => {
          const before = await policyNow(endpoint.store);
          const checked = checkPolicy(written, endpoint.secrets.school);
          const left = checked.ok && !switches.has('example') ? await exampleLeft(checked.policy) : [];
          if (left.length > 0) return refusedFile('example-left', file, left);
          const published = await endpoint.publishPolicy(written, commandLine);
          if (published.ok && before)
            for (const one of whatGoes(before, published.policy)) note(`note: ${sayIssue(one)}`);
          return reportOn(published, file, ({ epoch, issuedAt }) => `is in force as ${epoch}.${issuedAt}`);
        }),
      ),
  },
};

async function policyInForce(data: string): Promise<Policy | null> {
  const store = await openStore(data);
  try {
    return await policyNow(store);
  } finally {
    await store.destroy();
  }
}

/** The page is for whatever school the file is of; only publishing asks whether it is ours. */
const schoolOf = (written: unknown): string =>
  typeof written === 'object' && written !== null && 'school' in written ? String(written.school) : '';

type Published = Extract<PolicyChecked, { ok: true }>['policy'];

const reportOn = (checked: PolicyChecked, file: string, say: (policy: Published) => string): Outcome =>
  checked.ok ? done(`${file} ${say(checked.policy)}`) : refusedFile(checked.code, file, checked.issues);
