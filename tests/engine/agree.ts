import { blockPageOf } from '../../rules/closed.ts';
import { type Compiled, compile } from '../../rules/compile.ts';
import { standingOf } from '../../rules/standing.ts';
import type { Engine, Outcome, Question, Rulesets } from './engine.ts';
import { differs, type Expected, expectedOf } from './expected.ts';
import { madeSafe } from './made-safe.ts';
import type { School } from './schools.ts';
import { type Case, caseOf } from './web.ts';

/** Chrome's engine, or what stands for it. */
export type Asker = Pick<Engine, 'extensionId' | 'enforce' | 'ask'>;

/** A case on which `decide` and Chrome's engine differ, and in what. */
export type Disagreement = { school: School; one: Case; how: string; expected: Expected; outcome: Outcome };

/** What Chrome does with an address, and with the one that it makes of it. */
export type Outcomes = { first: Outcome; after: Outcome | null };

export const questionOf = ({ url, type, topUrl, initiator }: Case): Question => ({
  url,
  type,
  ...(topUrl ? { topUrl } : {}),
  ...(initiator && initiator !== 'null' ? { initiator } : {}),
});

/** Rules of a school as they are compiled. */
export const rulesOf = ({ documents, situation }: School, engine: Asker): Compiled =>
  compile(documents, situation, blockPageOf(engine.extensionId));

/** Asks Chrome, and asks again about what it changed on the way, as it does itself when it follows the change. */
async function outcomesOf(engine: Asker, cases: readonly Case[]): Promise<Outcomes[]> {
  const first = await engine.ask(cases.map(questionOf));
  const changed = cases.filter((_, at) => first[at]?.transformed);
  const after = await engine.ask(
    changed.map(({ url, as, type, topUrl = null, initiator }) =>
      questionOf({ ...caseOf(madeSafe(url), as, type, topUrl, null), ...(initiator ? { initiator } : {}) }),
    ),
  );
  return first.map((outcome) => ({
    first: outcome,
    after: outcome.transformed ? (after.shift() ?? null) : null,
  }));
}

/** Holds `decide` and Chrome's engine together on one school; answers what is expected and where they differ. */
export async function compare(
  engine: Asker,
  school: School,
  cases: readonly Case[],
  rules: Rulesets = rulesOf(school, engine),
): Promise<{ expected: Expected[]; disagreements: Disagreement[] }> {
  await engine.enforce(rules);
  const outcomes = await outcomesOf(engine, cases);
  const standing = standingOf(school.documents, school.situation);
  const expected = cases.map((one) => expectedOf(standing, school.documents, one));
  const disagreements = cases.flatMap((one, at) => {
    const [wanted, outcome] = [expected[at], outcomes[at]];
    if (!wanted || !outcome) throw new Error('Chrome answered fewer questions than it was asked');
    const how = differs(wanted, outcome);
    return how === null ? [] : [{ school, one, how, expected: wanted, outcome: outcome.first }];
  });
  return { expected, disagreements };
}
