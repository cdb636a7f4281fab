import type { ComponentChildren } from 'preact';
import { useTitle } from '../title.ts';
import { say } from '../words.ts';
import { Mark } from './mark.tsx';

/** A page that stands alone, without the rail: one question, one card. */
export function Lone({
  title,
  lead,
  children,
}: {
  title: string;
  lead: string;
  children: ComponentChildren;
}) {
  useTitle(title);
  return (
    <main class="lone">
      <div class="lone-brand">
        <Mark width={36} />
        <span>{say('consoleTitle')}</span>
      </div>
      <div class="lone-card">
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        {children}
      </div>
    </main>
  );
}
