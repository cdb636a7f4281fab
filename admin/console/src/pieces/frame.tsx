import { Inbox, KeyRound, Laptop, LogOut, type LucideIcon, ScanSearch } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Me } from '../../../console-wire.ts';
import { announcement } from '../announce.ts';
import { useHouse } from '../house.ts';
import { addressOf, followLink, type Route, route } from '../route.ts';
import { mayReadInbox } from '../session.ts';
import { counted, plural, say } from '../words.ts';
import { Mark } from './mark.tsx';
import { problemWords } from './problem.tsx';

/** The rail, the page, and the voice that speaks to screen readers. */
export const Frame = ({ me, children }: { me: Me; children: ComponentChildren }) => (
  <div class="frame">
    <a class="skip" href="#page">
      {say('skipToContent')}
    </a>
    <Rail me={me} />
    <main id="page" class="page">
      {children}
    </main>
    <p class="unseen" role="status" aria-live="polite">
      {announcement.value}
    </p>
  </div>
);

function Rail({ me }: { me: Me }) {
  const { inbox, session } = useHouse();
  const [problem, setProblem] = useState<string | null>(null);
  const waiting = inbox.waiting.value ?? 0;
  const current = route.value.page;

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
        {mayReadInbox(me) && (
          <RailLink
            to={{ page: 'inbox', filter: 'new' }}
            icon={Inbox}
            word={say('navInbox')}
            current={current === 'inbox' || current === 'item'}
          >
            {waiting > 0 && (
              <span class="count">
                <span aria-hidden="true">{counted(waiting)}</span>
                <span class="unseen">{plural(say, 'navWaiting', waiting)}</span>
              </span>
            )}
          </RailLink>
        )}
        <RailLink
          to={{ page: 'test' }}
          icon={ScanSearch}
          word={say('navTest')}
          current={current === 'test'}
        />
        <RailLink to={{ page: 'seats' }} icon={Laptop} word={say('navSeats')} current={current === 'seats'} />
      </nav>
      <div class="rail-end">
        <p class="rail-who">
          <strong>{me.name}</strong>
          <span>{say(`role_${me.role.replace('-', '_')}`)}</span>
          <span>{me.schoolName}</span>
        </p>
        <RailLink
          to={{ page: 'password' }}
          icon={KeyRound}
          word={say('navPassword')}
          current={current === 'password'}
        />
        <button type="button" class="rail-link" onClick={signOut}>
          <LogOut class="icon" size={16} aria-hidden="true" />
          <span>{say('navSignOut')}</span>
        </button>
        {problem && <p role="alert">{problemWords(problem)}</p>}
      </div>
    </header>
  );
}

function RailLink({
  to,
  icon: Picture,
  word,
  current,
  children,
}: {
  to: Exclude<Route, { page: 'nowhere' }>;
  icon: LucideIcon;
  word: string;
  current: boolean;
  children?: ComponentChildren;
}) {
  return (
    <a
      class="rail-link"
      href={addressOf(to)}
      onClick={followLink}
      aria-current={current ? 'page' : undefined}
    >
      <Picture class="icon" size={16} aria-hidden="true" />
      <span>{word}</span>
      {children}
    </a>
  );
}
