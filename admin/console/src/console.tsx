import { useEffect } from 'preact/hooks';
import type { Me } from '../../console-wire.ts';
import { announce } from './announce.ts';
import { useHouse } from './house.ts';
import { listen } from './live.ts';
import { Nowhere } from './pages/nowhere.tsx';
import { FirstPassword } from './pages/password.tsx';
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
    case 'in':
      return current.me.mustChangePassword ? <FirstPassword /> : <SignedIn me={current.me} />;
  }
}

function SignedIn({ me }: { me: Me }) {
  return (
    <Frame me={me}>
      {mayReadInbox(me) && <News />}
      <Page me={me} />
    </Frame>
  );
}

/** Keeps the inbox live on every page, so that the rail's number and the tab's title are true everywhere. */
function News() {
  const { inbox } = useHouse();
  useEffect(() => {
    void inbox.refresh();
    const live = listen({
      open: () => new EventSource('/console/api/live'),
      changed: inbox.changed,
      connected: (yes) => {
        connected.value = yes;
      },
      later: (act, ms) => setTimeout(act, ms),
    });
    const look = () => {
      if (document.visibilityState === 'visible') void inbox.refresh();
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      live.stop();
      document.removeEventListener('visibilitychange', look);
      connected.value = null;
      inbox.forget();
    };
  }, [inbox]);

  const arrived = inbox.arrived.value;
  useEffect(() => {
    if (arrived.length > 0) announce(plural(say, 'arrived', arrived.length, arrived[0]?.host ?? ''));
  }, [arrived]);
  return null;
}

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
