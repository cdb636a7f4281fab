import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Policy } from '../rules/policy.ts';
import type { Issue } from './plain-issues.ts';

const examples = fileURLToPath(new URL('./examples', import.meta.url));
/** Numbers that Ofcom keeps for stories: they reach nobody. */
const INVENTED_PHONE = /^(?:\+44 ?|0)1632 ?960/;

/**
 * What an example's invented school still says in a policy that a real one is about to publish: names, numbers and
 * decisions that pupils, parents and inspectors would take for true. Empty when nothing is left.
 */
export async function exampleLeft(policy: Policy): Promise<Issue[]> {
  const invented = await readExamples();
  const says = (read: (example: Policy) => unknown, mine: unknown) =>
    mine !== undefined && invented.some((example) => JSON.stringify(read(example)) === JSON.stringify(mine));
  const hosts = new Set(invented.flatMap(({ essential }) => essential.map(({ host }) => host)));
  const decisions = new Set(invented.flatMap(({ history }) => history.map(({ why }) => why)));
  return [
    ...(says(({ schoolName }) => schoolName, policy.schoolName)
      ? [{ path: 'schoolName', problem: `"${policy.schoolName}" is the example’s: write your school’s name` }]
      : []),
    ...policy.contacts.flatMap(({ phone }, at) =>
      phone && INVENTED_PHONE.test(phone)
        ? [{ path: `contacts[${at}].phone`, problem: `${phone} reaches nobody: write yours, or take it out` }]
        : [],
    ),
    ...(says(({ upstream }) => upstream, policy.upstream)
      ? [{ path: 'upstream', problem: 'is invented: say who filters your broadband, or take it out' }]
      : []),
    ...policy.essential.flatMap(({ host }, at) =>
      hosts.has(host)
        ? [
            {
              path: `essential[${at}]`,
              problem: `${host} is nobody’s: write your single sign-on, or take it out`,
            },
          ]
        : [],
    ),
    ...policy.history.flatMap(({ why }, at) =>
      decisions.has(why)
        ? [{ path: `history[${at}]`, problem: 'is a decision that nobody made: write your own' }]
        : [],
    ),
    ...(policy.overlays ?? []).flatMap(({ scope }, at) =>
      scope.pupils?.some((account) => account.endsWith('.example'))
        ? [{ path: `overlays[${at}].scope.pupils`, problem: 'names an invented pupil: take it out' }]
        : [],
    ),
  ];
}

async function readExamples(): Promise<Policy[]> {
  const files = (await readdir(examples)).filter((name) => name.endsWith('.json'));
  return Promise.all(
    files.map(async (name) => JSON.parse(await readFile(`${examples}/${name}`, 'utf8')) as Policy),
  );
}
