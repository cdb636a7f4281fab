import { randomUUID } from 'node:crypto';
import { Catalogue } from '../../../rules/catalogue.ts';
import { categoriesNeeded } from '../../../rules/compile.ts';
import { Policy } from '../../../rules/policy.ts';
import type { Settings } from '../../../rules/settings.ts';
import { EnrolAnswer } from '../../../rules/wire.ts';
import { payloadOf } from '../../fixtures/payload.ts';

/** What one fresh profile took to hold all that its stage needs, by its own clock. */
export type Fetched = { msToSmall: number; msToAll: number; requests: number };

/**
 * Speaks to the endpoint as a fresh profile does, in the same order (`utils/sync.ts`): enrol, policy, orders,
 * catalogue, the lists of its stage. Throws when an answer is not what a device could use.
 */
export async function fetchAsFresh(endpoint: string, settings: Settings): Promise<Fetched> {
  const began = performance.now();
  let requests = 0;
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    requests += 1;
    const answer = await fetch(new URL(path, endpoint), init);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };

  const enrolled = await ask('/v1/enrol', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token: settings.enrolmentToken,
      installId: randomUUID(),
      stage: settings.stage,
      extensionVersion: '0.0.0',
    }),
  });
  const { seat, key } = EnrolAnswer.parse(await enrolled.json());
  const headers = { authorization: `Bearer ${seat}.${key}` };
  const document = async (kind: string): Promise<unknown> => {
    const jws = await (await ask(`/v1/${kind}`, { headers })).text();
    return payloadOf(jws);
  };

  const policy = Policy.parse(await document('policy'));
  await document('orders');
  const msToSmall = performance.now() - began;
  const catalogue = Catalogue.parse(await document('catalogue'));
  const needed = categoriesNeeded(policy, settings.stage);
  for (const { sha256 } of catalogue.lists.filter(({ category }) => needed.includes(category)))
    await (await ask(`/v1/lists/${sha256}`, { headers })).arrayBuffer();
  return { msToSmall, msToAll: performance.now() - began, requests };
}
