import type { Figures } from '../../../people/wire.ts';
import { useHouse } from '../house.ts';
import { now } from '../now.ts';
import { peopleApi } from '../people.ts';
import { Heading } from '../pieces/heading.tsx';
import { Problem } from '../pieces/problem.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { useReading } from '../reading.ts';
import { calendarDay } from '../when.ts';
import { counted, plural, say } from '../words.ts';

type Week = Figures['weeks'][number];

/** Is it looked after? Counts alone: no child, no address. */
export function FiguresPage() {
  const { api } = useHouse();
  const figures = useReading('figures', peopleApi(api).figures);
  return (
    <section class="figures">
      <Heading title={say('figuresTitle')} />
      <p class="lead">{say('figuresLead')}</p>
      {figures.problem && <Problem code={figures.problem} again={figures.again} />}
      {!figures.value && !figures.problem && <Skeleton lines={8} />}
      {figures.value && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled with the keyboard, too
        <section class="sheet-wide" tabIndex={0} aria-label={say('figuresCaption')}>
          <table class="sheet figures-sheet">
            <caption class="unseen">{say('figuresCaption')}</caption>
            <thead>
              <tr>
                <th scope="col">{say('figuresWeek')}</th>
                {columns.map(([word]) => (
                  <th scope="col" class="number" key={word}>
                    {say(word)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {figures.value.weeks.map((week) => (
                <tr class="line" key={week.monday}>
                  <th scope="row">{calendarDay(new Date(`${week.monday}T12:00`), now.value)}</th>
                  {columns.map(([word, read]) => (
                    <td class="number" key={word}>
                      {read(week)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {figures.value?.since && (
        <p class="soft figures-since">
          {say('figuresSince', calendarDay(new Date(`${figures.value.since}T12:00`), now.value))}
        </p>
      )}
    </section>
  );
}

const few = (count: number | null): string => (count === null ? say('figuresFew') : counted(count));

const columns: readonly [string, (week: Week) => string][] = [
  ['figuresNow', ({ reports }) => few(reports.now)],
  ['figuresSoon', ({ reports }) => few(reports.soon)],
  ['figuresOrdinary', ({ reports }) => few(reports.ordinary)],
  ['figuresSeen', ({ minutesToFirstLook }) => spent(minutesToFirstLook)],
  ['figuresRequests', ({ requests }) => few(requests)],
  ['figuresAnswered', ({ requestsAnswered }) => few(requestsAnswered)],
  ['figuresLessons', ({ lessons }) => few(lessons)],
  ['figuresOpenings', ({ openings }) => few(openings)],
];

function spent(minutes: number | null): string {
  if (minutes === null) return say('factNone');
  if (minutes < 120) return plural(say, 'figuresMinutes', Math.max(1, minutes));
  return minutes < 48 * 60
    ? plural(say, 'figuresHours', Math.round(minutes / 60))
    : plural(say, 'figuresDays', Math.round(minutes / 1_440));
}
