import { useEffect } from 'preact/hooks';
import type { Me } from '../../console-wire.ts';
import { may } from '../../roles.ts';
import { announce } from './announce.ts';
import { useHouse } from './house.ts';
import { listen, whileShown } from './live.ts';
import { AskedFactor } from './pages/asked-factor.tsx';
import { Nowhere } from './pages/nowhere.tsx';
import { FirstPassword } from './pages/password.tsx';
import { SetUpFactor } from './pages/set-up-factor.tsx';
import { SignIn } from './pages/sign-in.tsx';
import { mayOpen, pageAt, startOf } from './pages.tsx';
import { Frame } from './pieces/frame.tsx';
import { connected } from './pieces/live-line.tsx';
import { Problem } from './pieces/problem.tsx';
import { addressOf, goTo, route } from './route.ts';
import { mayReadInbox } from './session.ts';
import { plural, say } from './words.ts';

/** Who is here decides which pages there are. */
export function Console() {
  const { session } = useHouse();
  const current = session.session.value;
  switch (current.state) {
    case 'reading':
      return null;
    case 'unknown':
      return (
        <main class="lone">
          <Problem code={current.code} again={() => void session.refresh()} />
        </main>
      );
    case 'out':
      return <SignIn />;
    case 'asked':
      return <AskedFactor />;
    case 'in':
      if (current.me.mustChangePassword) return <FirstPassword />;
      return current.me.secondFactor === 'missing' ? <SetUpFactor /> : <SignedIn me={current.me} />;
  }
}

function SignedIn({ me }: { me: Me }) {
  return (
    <Frame me={me}>
      {mayHearNews(me) && <News me={me} />}
      <Page me={me} />
    </Frame>
  );
}

/** Keeps inbox and lessons live on every page, so that the rail's numbers and the tab's title are true everywhere. */
function News({ me }: { me: Me }) {
  const { inbox, lessons, asking, deciding } = useHouse();
  const readsInbox = mayReadInbox(me);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState !== 'visible') return;
      if (readsInbox) void inbox.refresh();
      if (may(me.role, 'answer-requests')) void asking.refresh();
      void deciding.refresh(me.role);
    };
    look();
    const start = () =>
      listen({
        open: () => new EventSource('/console/api/live'),
        changed: () => {
          if (readsInbox) inbox.changed();
        },
        lessons: () => {
          if (may(me.role, 'run-lessons') && lessons.classes.value) void lessons.refresh();
          if (may(me.role, 'answer-requests')) void asking.refresh();
          void deciding.refresh(me.role);
        },
        connected: (yes) => {
          connected.value = yes;
        },
        later: (act, ms) => setTimeout(act, ms),
      });
    const live = whileShown(window, start);
    document.addEventListener('visibilitychange', look);
    addEventListener('pageshow', look);
    return () => {
      live.stop();
      document.removeEventListener('visibilitychange', look);
      removeEventListener('pageshow', look);
      connected.value = null;
      inbox.forget();
      lessons.forget();
      asking.forget();
      deciding.forget();
    };
  }, [inbox, lessons, asking, deciding, me.role, readsInbox]);

  const arrived = inbox.arrived.value;
  useEffect(() => {
    if (arrived.length > 0) announce(plural(say, 'arrived', arrived.length, arrived[0]?.host ?? ''));
  }, [arrived]);
  return null;
}

/** Whoever has a number on the rail that changes by itself. */
const mayHearNews = (me: Me): boolean =>
  mayReadInbox(me) || may(me.role, 'run-lessons') || may(me.role, 'answer-requests');

function Page({ me }: { me: Me }) {
  const { page, search } = route.value;
  useEffect(() => {
    if (page === '') goTo(addressOf(startOf(me)), 'replace');
  }, [page, me]);
  if (page === '') return null;
  const line = pageAt(page);
  if (!line) return <Nowhere />;
  if (!mayOpen(me, line)) return <Problem code="not-your-role" />;
  return <line.Page key={`${page} ${search.get('id') ?? ''}`} search={search} />;
}
