import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** A titled part of the status page. */
export function Section({
  title,
  wide = false,
  children,
}: {
  title: string;
  wide?: boolean;
  children: ComponentChildren;
}) {
  const id = useId();
  return (
    <section class={wide ? 'status-section wide' : 'status-section'} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

export const Row = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <dl class="status-row">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </dl>
);

const steps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** A moment, relative, and exact on hover. */
export function Ago({ at, now, never }: { at: number | null; now: number; never: string }) {
  if (at === null) return <span class="status-soft">{never}</span>;
  const away = at - now;
  const step = steps.find(([, length]) => Math.abs(away) >= length);
  const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });
  return (
    <time
      class="status-soft"
      dateTime={new Date(at).toISOString()}
      title={new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium' }).format(at)}
    >
      {step ? relative.format(Math.round(away / step[1]), step[0]) : relative.format(0, 'second')}
    </time>
  );
}
