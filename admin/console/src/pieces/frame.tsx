import { Ellipsis, LogOut } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Me } from '../../../console-wire.ts';
import { announcement } from '../announce.ts';
import { useHouse } from '../house.ts';
import { ownPages, type PageLine, pageAt, railOf } from '../pages.tsx';
import { roleWords } from '../role-words.ts';
import { addressOf, followLink, route } from '../route.ts';
import { clockTime } from '../time-of-day.ts';
import { counted, plural, say } from '../words.ts';
import { Mark } from './mark.tsx';
import { Notices } from './notices.tsx';
import { problemWords } from './problem.tsx';

/** The rail, the page, and the voice that speaks to screen readers. */
export const Frame = ({ me, children }: { me: Me; children: ComponentChildren }) => (
  <div class="frame">
    <a class="skip" href="#page">
      {say('skipToContent')}
    </a>
    <Rail me={me} />
    <main id="page" class="page">
      <Notices me={me} />
      {children}
    </main>
    <p class="unseen" role="status" aria-live="polite">
      {announcement.value}
    </p>
  </div>
);

function Rail({ me }: { me: Me }) {
  const { session } = useHouse();
  const [problem, setProblem] = useState<string | null>(null);
  const { shown, more } = railOf(me);

  async function signOut(): Promise<void> {
    const answer = await session.signOut();
    if (!answer.ok) setProblem(answer.code);
  }

  return (
    <header class="rail">
      <div class="rail-brand">
        <Mark />
        <span>{say('consoleTitle')}</span>
      </div>
      <nav aria-label={say('railName')}>
        {shown.map((line) => (
          <RailLink key={line.path} line={line} />
        ))}
        {more.length > 0 && <More lines={more} />}
      </nav>
      <div class="rail-end">
        <p class="rail-who">
          <strong>{me.name}</strong>
          <span>{roleWords(me.role)}</span>
          {me.until && <span>{say('passUntilOwn', clockTime(me.until))}</span>}
          <span>{me.schoolName}</span>
        </p>
        {ownPages.map((line) => (
          <RailLink key={line.path} line={line} />
        ))}
        <button type="button" class="rail-link" onClick={signOut}>
          <LogOut class="icon" size={16} aria-hidden="true" />
          <span>{say('navSignOut')}</span>
        </button>
        {problem && <p role="alert">{problemWords(problem)}</p>}
      </div>
    </header>
  );
}

/** Stays folded until it is asked for, or until one is on a page of it. */
function More({ lines }: { lines: PageLine[] }) {
  const house = useHouse();
  const here = route.value.page;
  const waiting = lines.reduce((sum, line) => sum + (line.waiting?.(house) ?? 0), 0);
  const holdsCurrent = lines.some((line) => isCurrent(line));
  const fold = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (fold.current) fold.current.open = holdsCurrent && matchMedia('(min-width: 761px)').matches;
  }, [here, holdsCurrent]);
  return (
    <details class="rail-more" ref={fold}>
      <summary class="rail-link" data-current={holdsCurrent}>
        <Ellipsis class="icon" size={16} aria-hidden="true" />
        <span>{say('navMore')}</span>
        <Count waiting={waiting} />
      </summary>
      <div class="rail-fold">
        {lines.map((line) => (
          <RailLink key={line.path} line={line} />
        ))}
      </div>
    </details>
  );
}

function RailLink({ line }: { line: PageLine }) {
  const house = useHouse();
  if (!line.rail) return null;
  const { word, icon: Picture } = line.rail;
  const waiting = line.waiting?.(house) ?? 0;
  return (
    <a
      class="rail-link"
      href={addressOf(line.path)}
      onClick={followLink}
      aria-current={isCurrent(line) ? 'page' : undefined}
    >
      <Picture class="icon" size={16} aria-hidden="true" />
      <span>{say(word)}</span>
      <Count waiting={waiting} />
    </a>
  );
}

/** How many wait there, beside the word; nothing where none do. */
const Count = ({ waiting }: { waiting: number }) =>
  waiting > 0 ? (
    <span class="count">
      <span aria-hidden="true">{counted(waiting)}</span>
      <span class="unseen">{plural(say, 'navWaiting', waiting)}</span>
    </span>
  ) : null;

function isCurrent({ path }: PageLine): boolean {
  const { page } = route.value;
  return page === path || pageAt(page)?.under === path;
}
