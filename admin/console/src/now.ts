import { signal } from '@preact/signals';

const everyMs = 20_000;

/** The time that every "4 min ago" on the page is counted from. */
export const now = signal(new Date());

/** Moves it on, and at once when somebody looks again. */
export function keepTime(): void {
  const tick = () => {
    if (document.visibilityState === 'visible') now.value = new Date();
  };
  setInterval(tick, everyMs);
  document.addEventListener('visibilitychange', tick);
}
