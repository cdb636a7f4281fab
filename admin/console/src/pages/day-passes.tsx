import { Ticket } from 'lucide-preact';
import { useState } from 'preact/hooks';
import type { DayPassLine, DayPassList } from '../../../people/wire.ts';
import { useHouse } from '../house.ts';
import { peopleApi } from '../people.ts';
import { GivePass } from '../pieces/give-pass.tsx';
import { Heading } from '../pieces/heading.tsx';
import { Problem } from '../pieces/problem.tsx';
import { ShownOnce } from '../pieces/shown-once.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { useReading } from '../reading.ts';
import { clockTime } from '../time-of-day.ts';
import { say } from '../words.ts';

type Shown = { name: string; code: string; endsAt: string };

/** Who is here for the day, and how does somebody get in? */
export function DayPassesPage() {
  const { api } = useHouse();
  const passes = peopleApi(api);
  const list = useReading('day-passes', passes.dayPasses);
  const [shown, setShown] = useState<Shown | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const found = list.value;

  async function renew({ id, name, endsAt }: DayPassLine): Promise<void> {
    const answer = await passes.renewDayPass(id);
    setProblem(answer.ok ? null : answer.code);
    if (answer.ok) setShown({ name, endsAt, code: answer.value.code });
    list.again();
  }
  async function end({ id }: DayPassLine): Promise<void> {
    const answer = await passes.endDayPass(id);
    setProblem(answer.ok ? null : answer.code);
    list.again();
  }

  return (
    <section class="day-passes">
      <Heading title={say('passesTitle')} />
      <p class="lead">{say('passesLead')}</p>
      {problem && <Problem code={problem} />}
      {list.problem && <Problem code={list.problem} again={list.again} />}
      {!found && !list.problem && <Skeleton lines={6} />}
      {shown && (
        <ShownOnce
          title={say('passShownTitle', shown.name, clockTime(shown.endsAt))}
          text={say('passShownText')}
          code={shown.code}
          onClose={() => setShown(null)}
        />
      )}
      {found && (
        <div class="pass-columns">
          <GivePass
            groups={found.groups}
            schoolEndsAt={found.schoolEndsAt}
            onGiven={(given) => {
              setShown(given);
              list.again();
            }}
          />
          <Passes found={found} renew={(pass) => void renew(pass)} end={(pass) => void end(pass)} />
        </div>
      )}
    </section>
  );
}

function Passes({
  found,
  renew,
  end,
}: {
  found: DayPassList;
  renew: (pass: DayPassLine) => void;
  end: (pass: DayPassLine) => void;
}) {
  const nameOf = (id: string) => found.groups.find((group) => group.id === id)?.name ?? id;
  if (found.passes.length === 0)
    return (
      <div class="empty pass-empty">
        <Ticket class="empty-picture" size={28} aria-hidden="true" />
        <h2>{say('passesEmptyTitle')}</h2>
        <p>{say('passesEmptyText')}</p>
      </div>
    );
  return (
    <ul class="pass-list">
      {found.passes.map((pass) => (
        <li key={pass.id} class={pass.state === 'ended' ? 'pass pass-ended' : 'pass'}>
          <h2>{pass.name}</h2>
          <p>
            {say('passUntil', pass.groups.map(nameOf).join(', '), clockTime(pass.endsAt))} ·{' '}
            {say(`passState_${pass.state.replaceAll('-', '_')}`)}
          </p>
          <p class="soft">{say('passGivenBy', pass.givenBy)}</p>
          {pass.state !== 'ended' && (
            <p class="pass-acts">
              <button type="button" class="button small" onClick={() => renew(pass)}>
                {say('passRenew')}
              </button>
              <button type="button" class="button small button-ends" onClick={() => end(pass)}>
                {say('passEnd', pass.name)}
              </button>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
