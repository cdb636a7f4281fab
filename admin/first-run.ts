import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publicKeysOf, readSecrets } from './data-folder.ts';
import type { Endpoint } from './endpoint.ts';
import { exampleLeft } from './example-left.ts';
import { readJsonFile } from './json-file.ts';
import type { Issue } from './plain-issues.ts';
import { checkPolicy } from './policy-check.ts';
import { sayIssue } from './shown-path.ts';
import { newestDocument } from './store/documents.ts';

const examples = fileURLToPath(new URL('./examples', import.meta.url));

/** What a new endpoint begins with: whose it is, and what it says. */
export type FirstPolicy = { school: string; policy: Record<string, unknown> };
export type FirstPolicyRead =
  | ({ ok: true } & FirstPolicy)
  | {
      ok: false;
      code: 'other-school' | 'no-school' | 'no-file' | 'not-json' | 'not-a-policy';
      message: string;
    };

/**
 * Whose endpoint this is, and the policy that it begins with. A data folder belongs to one school for good, since its
 * devices are told this name beside the keys: another one is refused. An example speaks for whatever school is named;
 * the school's own file must name it itself.
 */
export async function readFirstPolicy(
  folder: string,
  asked: { school?: string | undefined; policy?: string | undefined },
): Promise<FirstPolicyRead> {
  const known = (await readSecrets(folder))?.school;
  if (known !== undefined && asked.school !== undefined && known !== asked.school)
    return refused(
      'other-school',
      `${folder} belongs to the school "${known}", not to "${asked.school}". Name another data folder, or leave the school out.`,
    );
  const file = resolve(asked.policy ?? `${examples}/all-through.json`);
  // Once there is a school, its policy comes from "policy publish", and the file may be gone.
  const read = await readJsonFile(file);
  if (!read.ok && read.code === 'no-file' && known !== undefined)
    return { ok: true, school: known, policy: {} };
  if (!read.ok) return refused(read.code, read.why);
  const policy = read.written;
  const isExample = dirname(file) === examples;
  // A data folder keeps its school for good, and an example's is nobody's: it has to be said.
  if (isExample && known === undefined && asked.school === undefined)
    return refused(
      'no-school',
      [
        'which school is this? It stands in every signed document, for good. Start with its identifier:',
        `  npm start -- --data ${folder} --school larkfield-primary`,
        'in small letters, digits and hyphens, with your own school’s name in place of larkfield-primary.',
      ].join('\n'),
    );
  const named = known ?? asked.school ?? schoolOf(policy);
  const written = isExample ? { ...(policy as object), school: named } : policy;
  const checked = checkPolicy(written, named);
  if (!checked.ok && known === undefined)
    return refused('not-a-policy', `${file} is refused\n${sayIssues(checked.issues)}`);
  return { ok: true, school: named, policy: written as Record<string, unknown> };
}

/**
 * What a new data folder needs before anything else: a policy and somebody who can sign in. Does only what is still
 * missing, and answers the lines that a person must read now, since the password is never shown again.
 */
export async function prepareFirstRun(
  endpoint: Endpoint,
  policy: Record<string, unknown>,
  first: { email: string; name: string },
  folder: string,
): Promise<string[]> {
  const said: string[] = [];
  if (!(await newestDocument(endpoint.store, 'policy'))) {
    const published = await endpoint.publishPolicy(policy, 'endpoint, first run');
    if (!published.ok) throw new Error(`The first policy is refused\n${sayIssues(published.issues)}`);
    said.push(`Published the policy of "${published.policy.schoolName}".`);
    if ((await exampleLeft(published.policy)).length > 0)
      said.push(
        'It is an example: its names, numbers and decisions are invented. Make your own before pupils use it:',
      );
    else said.push('Change it with:');
    said.push(
      `  npm run -s keystage -- policy check our-policy.json --data ${folder}`,
      `  npm run -s keystage -- policy publish our-policy.json --data ${folder}`,
    );
  }
  const people = await endpoint.store.selectFrom('people').select('id').limit(1).execute();
  if (people.length === 0) {
    const added = await endpoint.people.add({ ...first, role: 'principal' });
    if (added.ok) said.push(`First account: ${first.email}`, `One-time password: ${added.oneTimePassword}`);
    said.push(
      `School: ${endpoint.secrets.school}`,
      `Public key: ${publicKeysOf(endpoint.secrets).join(' ')}`,
    );
  }
  return said;
}

const refused = (
  code: Extract<FirstPolicyRead, { ok: false }>['code'],
  message: string,
): FirstPolicyRead => ({ ok: false, code, message });

const schoolOf = (policy: unknown): string =>
  typeof policy === 'object' && policy !== null && 'school' in policy ? String(policy.school) : '';

const sayIssues = (issues: readonly Issue[]): string =>
  issues.map((issue) => `  ${sayIssue(issue)}`).join('\n');
