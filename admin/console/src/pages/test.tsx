import { useState } from 'preact/hooks';
import type { TestAsked, TestChoices, Tested } from '../../../console-wire.ts';
import { useHouse } from '../house.ts';
import type { PageProps } from '../pages.tsx';
import { Heading } from '../pieces/heading.tsx';
import { Problem, problemWords } from '../pieces/problem.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { TestForm } from '../pieces/test-form.tsx';
import { Verdict } from '../pieces/tested.tsx';
import { useReading } from '../reading.ts';
import { triedFirst } from '../tried-first.ts';
import { say } from '../words.ts';

/** Is this address open, for whom, and why? */
export function TestPage({ search }: PageProps) {
  const { api } = useHouse();
  const choices = useReading('test', api.testChoices);
  return (
    <section class="test">
      <Heading title={say('testTitle')} />
      <p class="lead">{say('testLead')}</p>
      {choices.problem && <Problem code={choices.problem} again={choices.again} />}
      {!choices.value && !choices.problem && <Skeleton lines={6} />}
      {choices.value && <Testing choices={choices.value} group={search.get('group')} />}
    </section>
  );
}

/** What is wrong with the address is said at its field; all else above the verdict. */
const ofAddress = ['not-an-address', 'not-a-web-page'];

function Testing({ choices, group }: { choices: TestChoices; group: string | null }) {
  const { api } = useHouse();
  const [state, set] = useState<{ tested: Tested | null; problem: string | null; busy: boolean }>({
    tested: null,
    problem: null,
    busy: false,
  });
  const { tested, problem, busy } = state;
  const isOfAddress = problem !== null && ofAddress.includes(problem);

  async function test(asked: TestAsked): Promise<void> {
    set({ ...state, busy: true });
    const answer = await api.test(asked);
    set(
      answer.ok
        ? { tested: answer.value, problem: null, busy: false }
        : { tested: null, problem: answer.code, busy: false },
    );
  }

  return (
    <>
      <TestForm
        groups={choices.groups}
        chosen={triedFirst(choices.groups, group)}
        isLed={group !== null}
        busy={busy}
        error={isOfAddress ? problemWords(problem) : null}
        onTest={(asked) => void test(asked)}
      />
      {problem && !isOfAddress && <Problem code={problem} />}
      <div role="status" class="test-result">
        {tested ? (
          <Verdict tested={tested} choices={choices} />
        ) : (
          !problem && <p class="soft">{say('testEmpty')}</p>
        )}
      </div>
    </>
  );
}
