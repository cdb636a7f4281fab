import type { CategoryId } from '../../../rules/categories.ts';
import { Policy } from '../../../rules/policy.ts';
import { stages } from '../../../rules/stages.ts';
import { examplePolicy } from '../../fixtures/examplePolicy.ts';

/** The example school as a person writes it, every stage filtered: half of the categories always shut, all of them alone. */
export async function writtenPolicy(shut: readonly CategoryId[]): Promise<Record<string, unknown>> {
  const rules = {
    alone: 'filtered',
    supervised: 'filtered',
    closedAlways: shut.slice(0, shut.length >> 1),
    closedAlone: shut,
  };
  return {
    ...(await examplePolicy()),
    stages: Object.fromEntries(stages.map((stage) => [stage, rules])),
    reasons: {},
  };
}

export async function policyThatCloses(shut: readonly CategoryId[]): Promise<Policy> {
  const envelope = { schema: 1, mustUnderstand: [], epoch: 1, issuedAt: '2026-01-01T00:00:00.000Z' };
  return Policy.parse({ ...envelope, kind: 'policy', ...(await writtenPolicy(shut)) });
}
