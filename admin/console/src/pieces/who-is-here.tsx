import { useEffect, useState } from 'preact/hooks';
import type { ChangeLesson, LessonSeats, LiveLesson } from '../../../lessons/wire.ts';
import { useHouse } from '../house.ts';
import { counted, say } from '../words.ts';
import { problemWords } from './problem.tsx';

/** How long names stay on a screen that may be on the wall. */
const SHOWN_MS = 30_000;

/** Names and seats: only after a tap, and gone again by themselves. */
export function WhoIsHere({
  lesson,
  change,
}: {
  lesson: LiveLesson;
  change: (asked: ChangeLesson) => Promise<boolean>;
}) {
  const { lessons } = useHouse();
  const [seats, setSeats] = useState<LessonSeats | null>(null);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!seats) return;
    const timer = setTimeout(() => setSeats(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [seats]);

  async function look(): Promise<void> {
    const answer = await lessons.seats(lesson.id);
    setProblem(answer.ok ? null : problemWords(answer.code, answer.message));
    if (!answer.ok) return;
    setSeats(answer.value);
    setTicked(new Set(answer.value.seats.filter(({ by }) => by === 'ticked').map(({ seat }) => seat)));
  }

  async function tick(seat: string, on: boolean): Promise<void> {
    const next = new Set(ticked);
    if (on) next.add(seat);
    else next.delete(seat);
    if (await change({ change: 'tick-seats', seats: [...next] })) await look();
  }

  if (!seats)
    return (
      <p>
        <button type="button" class="button" aria-expanded={false} onClick={() => void look()}>
          {say('whoIsHere')}
        </button>
        {problem && <span class="field-error">{problem}</span>}
      </p>
    );
  return (
    <div class="who">
      <button type="button" class="button" aria-expanded={true} onClick={() => setSeats(null)}>
        {say('hideNames')}
      </button>
      <table class="sheet">
        <caption class="unseen">{say('whoIsHere')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('columnPupil')}</th>
            <th scope="col">{say('columnState')}</th>
            <th scope="col">
              <span class="unseen">{say('columnAct')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {seats.seats.length + seats.others.length === 0 && (
            <tr class="line">
              <td colSpan={3} class="soft">
                {say('nobodyHere')}
              </td>
            </tr>
          )}
          {seats.seats.map(({ seat, name, state, by }, at) => (
            <tr key={seat} class="line">
              <th scope="row">{name ?? say('seatNumber', counted(at + 1))}</th>
              <td>
                <span class={`seat-state seat-state-${state}`}>{say(`taking_${state}`)}</span>
                {by === 'code' && <span class="hint">{say('takingByCode')}</span>}
              </td>
              <td>
                {by === 'ticked' && (
                  <button type="button" class="button quiet small" onClick={() => void tick(seat, false)}>
                    {say('untick')}
                  </button>
                )}
              </td>
            </tr>
          ))}
          {seats.others.map(({ seat, name }, at) => (
            <tr key={seat} class="line">
              <th scope="row">{name ?? say('otherSeat', counted(at + 1))}</th>
              <td class="soft">{say('notInClass')}</td>
              <td>
                <button type="button" class="button quiet small" onClick={() => void tick(seat, true)}>
                  {say('tickIn')}
                </button>
                <button
                  type="button"
                  class="button quiet small"
                  onClick={() => void change({ change: 'open-seat', seat }).then(() => look())}
                >
                  {say('openSeat')}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
