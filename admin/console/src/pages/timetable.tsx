import { CalendarClock, FileUp } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { may } from '../../../roles.ts';
import type { TimetablePage as Week } from '../../../timetable/wire.ts';
import { useHouse, useMe } from '../house.ts';
import { now } from '../now.ts';
import { Choice } from '../pieces/choice.tsx';
import { Heading } from '../pieces/heading.tsx';
import { Problem } from '../pieces/problem.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { When } from '../pieces/when.tsx';
import { useReading } from '../reading.ts';
import { addressOf, followLink } from '../route.ts';
import { daysOf, timetableApi } from '../timetable.ts';
import { calendarDay, weekday } from '../when.ts';
import { say } from '../words.ts';

type ClassWeek = Week['classes'][number];

/** When does which class count as supervised without a tap? */
export function TimetablePage() {
  const { api } = useHouse();
  const me = useMe();
  const read = useReading('timetable', timetableApi(api).week);
  const [chosen, setChosen] = useState('');
  const week = read.value;
  const withHours = week?.classes.filter(({ hours }) => hours.length > 0) ?? [];
  const shown = week?.classes.find(({ id }) => id === chosen) ?? withHours[0] ?? week?.classes[0];

  return (
    <section class="timetable">
      <Heading title={say('timetableTitle')}>
        <span class="heading-act acts">
          <a class="button" href={addressOf('groups')} onClick={followLink}>
            {say('importBack')}
          </a>
          {may(me.role, 'publish-policy') && (
            <a class="button main" href={addressOf('timetable-import')} onClick={followLink}>
              <FileUp class="icon" size={16} aria-hidden="true" />
              {say('timetableImport')}
            </a>
          )}
        </span>
      </Heading>
      <p class="lead">{say('timetableLead')}</p>
      {read.problem && <Problem code={read.problem} again={read.again} />}
      {!week && !read.problem && <Skeleton lines={8} />}
      {week && (
        <>
          {week.policy && (
            <p class="soft">
              {say('timetableFrom', week.policy.publishedBy)} <When at={week.policy.publishedAt} />.{' '}
              {say('timetableZone', week.timeZone)}
            </p>
          )}
          {withHours.length === 0 ? (
            <div class="empty">
              <CalendarClock class="empty-picture" size={28} aria-hidden="true" />
              <h2>{say('timetableEmptyTitle')}</h2>
              <p>{say('timetableEmptyText')}</p>
            </div>
          ) : (
            shown && (
              <>
                <Choice
                  label={say('timetableClass')}
                  value={shown.id}
                  options={week.classes.map(({ id, name }) => ({ value: id, word: name }))}
                  onChoose={setChosen}
                />
                <Days shown={shown} />
              </>
            )
          )}
          <Holidays week={week} />
        </>
      )}
    </section>
  );
}

function Days({ shown }: { shown: ClassWeek }) {
  if (shown.never) return <p class="warning">{say('timetableNever', shown.name, shown.stage)}</p>;
  if (shown.hours.length === 0) return <p>{say('timetableNone', shown.name)}</p>;
  return (
    <div class="week">
      {daysOf(shown.hours).map((day) => {
        const here = shown.hours.filter(({ days }) => days.includes(day));
        return (
          <section key={day} class="week-day">
            <h2>{dayWord(day)}</h2>
            {here.length === 0 && <p class="soft">{say('timetableNothing')}</p>}
            <ul>
              {here.map(({ from, until, title, adult, place, kind }) => (
                <li
                  key={`${from} ${until} ${title} ${adult}`}
                  class={kind === 'window' ? 'hour other' : 'hour'}
                >
                  <span class="hour-time">{say('timetableHours', from, until)}</span>
                  <strong>{title}</strong>
                  <span>{place ? say('timetableWhoWhere', adult, place) : adult}</span>
                  {kind === 'window' && <span class="hint">{say('timetableWindow')}</span>}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function Holidays({ week: { holidays, today } }: { week: Week }) {
  const day = (date: string) => calendarDay(new Date(`${date}T12:00`), now.value);
  return (
    <section class="holidays">
      <h2 class="part-title">{say('timetableHolidays')}</h2>
      {holidays.length === 0 && <p class="soft">{say('timetableNoHolidays')}</p>}
      <ul>
        {holidays.map(({ title, from, until }) => (
          <li key={`${title} ${from}`} class={until < today ? 'soft' : ''}>
            <strong>{title}</strong>{' '}
            {from === until ? day(from) : say('timetableDays', day(from), day(until))}
            {from <= today && today <= until && ` · ${say('timetableHolidayNow')}`}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** 5 January 2026 is a Monday. */
const dayWord = (day: number): string => weekday(new Date(2026, 0, 4 + day));
