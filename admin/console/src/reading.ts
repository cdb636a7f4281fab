import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Answered } from './api.ts';

export type Reading<T> = { value: T | null; problem: string | null; again: () => void };

/**
 * Reads when `key` changes, and `again` on demand. What was read stays in view while it is read again, and when
 * that fails; an answer that comes after a newer question is dropped.
 */
export function useReading<T>(key: string, read: () => Promise<Answered<T>>): Reading<T> {
  const [state, set] = useState<{ key: string; value: T | null; problem: string | null }>({
    key,
    value: null,
    problem: null,
  });
  const asked = useRef(0);
  const latest = useRef(read);
  latest.current = read;

  const again = useCallback(() => {
    asked.current += 1;
    const mine = asked.current;
    void latest.current().then((answer) => {
      if (asked.current !== mine) return;
      set((before) =>
        answer.ok
          ? { key, value: answer.value, problem: null }
          : { key, value: before.key === key ? before.value : null, problem: answer.code },
      );
    });
  }, [key]);

  useEffect(() => {
    again();
    return () => {
      asked.current += 1;
    };
  }, [again]);

  const current = state.key === key;
  return { value: current ? state.value : null, problem: current ? state.problem : null, again };
}

const patienceMs = 400;

/** True once something has been missing for 400 ms: before that a skeleton would only flicker (LOOK). */
export function useSlow(missing: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!missing) {
      setSlow(false);
      return;
    }
    const timer = setTimeout(() => setSlow(true), patienceMs);
    return () => clearTimeout(timer);
  }, [missing]);
  return slow && missing;
}

const againMs = 15_000;

/** Reads again every 15 s while somebody looks; news by the live stream come on top. */
export function useEvery(read: () => unknown): void {
  const latest = useRef(read);
  latest.current = read;
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void latest.current();
    }, againMs);
    return () => clearInterval(timer);
  }, []);
}

/** The classes, for a form that names one: read once where nobody has read them yet. */
export function useClasses(
  lessons: { classes: { value: unknown }; refresh: () => Promise<void> },
  wanted = true,
): void {
  useEffect(() => {
    if (wanted && !lessons.classes.value) void lessons.refresh();
  }, [lessons, wanted]);
}
