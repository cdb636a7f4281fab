import { signal } from '@preact/signals';
import { say } from '../words.ts';

/** Whether news come by themselves; `null` until we know. */
export const connected = signal<boolean | null>(null);

/** Quiet in both states: a dot and a word. */
export const LiveLine = () =>
  connected.value === null ? null : (
    <p class={connected.value ? 'live' : 'live live-off'}>{say(connected.value ? 'liveOn' : 'liveOff')}</p>
  );
