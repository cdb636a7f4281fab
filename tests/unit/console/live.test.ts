import { expect, test } from 'vitest';
import { listen, type Source, whileShown } from '../../../admin/console/src/live.ts';

/** A connection whose fate the test decides, and a clock that rings when told to. */
function wire() {
  const opened: { say: (type: string) => void; source: Source; readyState: number }[] = [];
  const alarms: { act: () => void; ms: number }[] = [];
  const seen = { changed: 0, lessons: 0, connected: [] as boolean[] };
  const live = listen({
    open: () => {
      const listeners = new Map<string, () => void>();
      const made = {
        readyState: 0,
        say: (type: string) => listeners.get(type)?.(),
        source: {
          get readyState() {
            return made.readyState;
          },
          addEventListener: (type: string, act: () => void) => listeners.set(type, act),
          close: () => {
            made.readyState = 2;
          },
        } as unknown as Source,
      };
      opened.push(made);
      return made.source;
    },
    changed: () => {
      seen.changed += 1;
    },
    lessons: () => {
      seen.lessons += 1;
    },
    connected: (yes) => seen.connected.push(yes),
    later: (act, ms) => alarms.push({ act, ms }),
  });
  return { live, opened, alarms, seen };
}

test('each "changed" is passed on', () => {
  const { opened, seen } = wire();
  opened[0]?.say('open');
  opened[0]?.say('changed');
  opened[0]?.say('changed');
  expect(seen).toEqual({ changed: 2, lessons: 0, connected: [true] });
});

test('after a gap the inbox is read again, because what happened in it was never announced', () => {
  const { opened, seen } = wire();
  opened[0]?.say('open');
  opened[0]?.say('error');
  opened[0]?.say('open');
  expect(seen).toEqual({ changed: 1, lessons: 2, connected: [true, false, true] });
});

test('lessons are asked for when the connection goes, because what is shown of them may be old, and once', () => {
  const { opened, seen } = wire();
  opened[0]?.say('open');
  opened[0]?.say('error');
  opened[0]?.say('error');
  expect(seen.lessons).toBe(1);
});

test('where the browser gives up we try again, later and later, and never twice at once', () => {
  const { opened, alarms } = wire();
  for (const expected of [2_000, 4_000, 8_000]) {
    const last = opened.at(-1);
    if (last) last.readyState = 2;
    last?.say('error');
    expect(alarms.at(-1)?.ms).toBe(expected);
    alarms.at(-1)?.act();
  }
  expect(opened).toHaveLength(4);
});

test('after leaving nothing is opened again', () => {
  const { live, opened, alarms } = wire();
  if (opened[0]) opened[0].readyState = 2;
  opened[0]?.say('error');
  live.stop();
  alarms.at(-1)?.act();
  expect(opened).toHaveLength(1);
});

test('a page that the browser keeps for "back" holds no connection, and listens again when it is shown again', () => {
  const page = new EventTarget();
  const wires: ReturnType<typeof wire>[] = [];
  const shown = whileShown(page, () => {
    const next = wire();
    wires.push(next);
    return next.live;
  });
  const open = () => wires.filter(({ opened }) => opened[0]?.readyState !== 2).length;
  const pageshow = (persisted: boolean) => Object.assign(new Event('pageshow'), { persisted });

  page.dispatchEvent(pageshow(false));
  expect({ wires: wires.length, open: open() }).toEqual({ wires: 1, open: 1 });
  page.dispatchEvent(new Event('pagehide'));
  expect(open()).toBe(0);
  page.dispatchEvent(pageshow(true));
  expect({ wires: wires.length, open: open() }).toEqual({ wires: 2, open: 1 });
  shown.stop();
  page.dispatchEvent(pageshow(true));
  expect({ wires: wires.length, open: open() }).toEqual({ wires: 2, open: 0 });
});
