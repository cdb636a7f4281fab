import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sessionBetween } from '../../../rules/between.ts';
import { blockPageOf } from '../../../rules/closed.ts';
import { type Compiled, compile } from '../../../rules/compile.ts';
import { judge } from '../../../rules/decide.ts';
import { standingOf } from '../../../rules/standing.ts';
import { questionOf } from '../../engine/agree.ts';
import { askedAs } from '../../engine/expected.ts';
import { outcomeOf } from '../../engine/model.ts';
import { type Case, request, type School, school } from '../../engine/schools.ts';

const page = blockPageOf('a'.repeat(32));
const rulesOf = ({ documents, situation }: School) => compile(documents, situation, page);
/** Once what is made safe on its way has been: what changes an address neither opens nor closes it. */
const opens = ({ session, dynamic, pupils }: Rules, one: Case): boolean =>
  outcomeOf(
    {
      session,
      dynamic,
      pupils: pupils.filter(
        ({ action }) => action.type !== 'redirect' || 'regexSubstitution' in action.redirect,
      ),
    },
    questionOf(one),
  ).open;
type Rules = Pick<Compiled, 'session' | 'dynamic' | 'pupils'>;
const requests = fc.array(request, { minLength: 40, maxLength: 40 });

test('the rules as we read Chrome’s order of them say what decide says', () => {
  fc.assert(
    fc.property(school, requests, ({ documents, situation }, asked) => {
      const rules = rulesOf({ documents, situation });
      const standing = standingOf(documents, situation);
      for (const one of asked) {
        const verdict = judge(standing, documents, one.address, askedAs(one));
        expect(opens(rules, one), `${one.type} ${one.url}`).toBe(verdict.open);
      }
    }),
    { numRuns: 100 },
  );
});

/**
 * The states that `utils/enforce.ts` passes through from one set of documents to the next where lists change: what both
 * open, under the old lists and under the new ones. Where they do not, one call replaces the session rules.
 */
function statesBetween(before: School, after: School) {
  const [from, to] = [rulesOf(before), rulesOf(after)];
  const session = sessionBetween(from.session, to.session);
  // On before anything else changes, and off after everything has.
  const pupils = from.pupils.length > 0 ? from.pupils : to.pupils;
  return { from, to, between: [from.dynamic, to.dynamic].map((dynamic) => ({ session, dynamic, pupils })) };
}

test('between any two documents the web is never more open than under both', () => {
  let seen = 0;
  fc.assert(
    fc.property(school, school, requests, (before, after, asked) => {
      const { from, to, between } = statesBetween(before, after);
      for (const state of between)
        for (const one of asked) {
          if (!opens(state, one)) continue;
          seen += 1;
          expect(opens(from, one) || opens(to, one), `${one.type} ${one.url}`).toBe(true);
        }
    }),
    { numRuns: 300, endOnFailure: true },
  );
  expect(seen).toBeGreaterThan(100);
});
