/** The clock on the school's wall, in its own time zone, summer time included. */

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** To make one costs twenty times what it costs to ask it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const made = clocks.get(timeZone);
  if (made) return made;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  clocks.set(timeZone, clock);
  return clock;
}

/** What the clock on the school's wall shows. */
export function localTime(timeZone: string, at: number): { date: string; time: string; weekday: number } {
  const parts = clockOf(timeZone).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
    weekday: weekdays.indexOf(part('weekday')) + 1,
  };
}

/** The instant at which the school's wall shows this date and time; in the hour that summer time skips, the next. */
export function instantOf(timeZone: string, date: string, time: string): number {
  const wanted = Date.parse(`${date}T${time}:00Z`);
  let at = wanted;
  // The first step finds the offset, the second mends it where the offset changed in between.
  for (let step = 0; step < 2; step += 1) {
    const shown = localTime(timeZone, at);
    at += wanted - Date.parse(`${shown.date}T${shown.time}:00Z`);
  }
  return at;
}
