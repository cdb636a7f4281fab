import { readFile } from 'node:fs/promises';
import { publicKeysOf } from './data-folder.ts';
import type { Endpoint } from './endpoint.ts';
import { newestDocument } from './store/documents.ts';

/** The policy that a new endpoint begins with; it also names the school until the real one is known. */
export const examplePolicy = async (): Promise<{ school: string } & Record<string, unknown>> =>
  JSON.parse(await readFile(new URL('./examples/all-through.json', import.meta.url), 'utf8'));

/**
 * What a new data folder needs before anything else: a policy and somebody who can sign in. Does only what is still
 * missing, and answers the lines that a person must read now, since the password is never shown again.
 */
export async function prepareFirstRun(
  endpoint: Endpoint,
  first: { email: string; name: string },
): Promise<string[]> {
  const said: string[] = [];
  if (!(await newestDocument(endpoint.store, 'policy'))) {
    const published = await endpoint.publishPolicy(await examplePolicy(), 'endpoint, first run');
    if (!published.ok)
      throw new Error(
        `The example policy is refused: ${published.issues.map(({ path, problem }) => `${path} ${problem}`)}`,
      );
    said.push('Published the example policy. Put your own in force with: keystage policy publish <file>');
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
