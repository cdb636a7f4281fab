import { useEffect, useState } from 'preact/hooks';
import { locale, plural, say } from '../words.ts';

const SECOND_MS = 1_000;

/** 10:15, on the school's wall. */
export const wallTime = (at: string | number, timeZone: string | undefined): string =>
  new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(at));

/** The time now by the given clock, again every second while somebody looks. */
export function useSeconds(clock: () => number): number {
  const [now, set] = useState(clock());
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') set(clock());
    }, SECOND_MS);
    return () => clearInterval(timer);
  }, [clock]);
  return now;
}

/** "until 10:15" and how much is left: minutes, in the last two minutes seconds. */
export function Until({ endsAt, now, timeZone }: { endsAt: string; now: number; timeZone: string }) {
  const left = Math.max(0, Date.parse(endsAt) - now);
  const soon = left <= 120_000;
  return (
    <p class={soon ? 'until until-soon' : 'until'}>
      <time dateTime={endsAt}>{say('lessonUntil', wallTime(endsAt, timeZone))}</time>
      <span class="until-left">
        {soon
          ? plural(say, 'secondsLeft', Math.ceil(left / SECOND_MS))
          : plural(say, 'minutesLeft', Math.ceil(left / 60_000))}
      </span>
    </p>
  );
}
