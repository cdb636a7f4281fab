import { Role } from './console-wire.ts';
import { type Actor, commandLine } from './people/actor.ts';
import { createAuth, type KeepPasswords } from './people/auth.ts';
import { createBreakGlass } from './people/break-glass.ts';
import { createDayPasses, type PassOf } from './people/day-passes.ts';
import type { GoogleSettings } from './people/google.ts';
import { listPeople } from './people/list.ts';
import { createStaff } from './people/staff.ts';
import type { GivenRole } from './people/wire.ts';
import { opensThings } from './roles.ts';
import type { PersonKind } from './store/tables/people.ts';
import type { Store } from './store/tables.ts';

/** Somebody who is signed in. */
export type Person = {
  id: string;
  name: string;
  email: string;
  role: Role;
  kind: PersonKind;
  mustChangePassword: boolean;
  hasSecondFactor: boolean;
  /** Their role opens things, and they have not set up a second factor yet. */
  lacksSecondFactor: boolean;
  /** A day pass: only these classes, until then. Null for everybody else. */
  pass: PassOf | null;
};

/** Who came back from Google and must still show a second factor is told so by this question in the address. */
const AFTER_GOOGLE = '/?second-factor=asked';

type Dependencies = {
  store: Store;
  cookieSecret: string;
  consoleUrl: string;
  now: () => Date;
  /** `off` for schools that have it elsewhere, for tests and the demo. */
  secondFactor?: 'required' | 'off' | undefined;
  google?: GoogleSettings | undefined;
  keepPasswords?: KeepPasswords | undefined;
  /** A mail was put into the outbox. */
  posted?: () => void;
};

/** Who may sign in, and how. */
export function createPeople(dependencies: Dependencies) {
  const { store, consoleUrl, now, secondFactor = 'required', google, posted = () => {} } = dependencies;
  const leaving: ((person: string) => Promise<void>)[] = [];
  const left = async (person: string) => {
    for (const tell of leaving) await tell(person);
  };
  const dayPasses = createDayPasses({ store, now, left });
  const breakGlass = createBreakGlass({ store, now, posted });
  const auth = createAuth({
    ...dependencies,
    secondFactor,
    google,
    redeem: { dayPass: dayPasses.redeem, breakGlass: breakGlass.redeem },
  });
  const staff = createStaff({ store, auth, now, left });

  return {
    staff,
    dayPasses,
    breakGlass,
    secondFactor,
    /** Whether the sign-in page offers Google. */
    hasGoogle: google !== undefined,

    /** Who deactivates, ends or takes away a person's role calls these: their lessons end (`admin/lessons/`). */
    whenLeaves(tell: (person: string) => Promise<void>): void {
      leaving.push(tell);
    },

    /** better-auth's own answers. */
    async handle(request: Request): Promise<Response> {
      const answer = await auth.handler(request);
      if (!new URL(request.url).pathname.includes('/callback/')) return answer;
      const said: unknown = await answer
        .clone()
        .json()
        .catch(() => undefined);
      if (typeof said !== 'object' || said === null || !('twoFactorRedirect' in said)) return answer;
      // Half a sign-in by Google: the browser goes on to where the second factor is asked for.
      const headers = new Headers(answer.headers);
      headers.delete('content-type');
      headers.set('location', `${consoleUrl}${AFTER_GOOGLE}`);
      return new Response(null, { status: 302, headers });
    },

    /** Who asks, by the cookie; `undefined` if nobody is signed in. */
    async whoAsks(headers: Headers): Promise<Person | undefined> {
      const found = await auth.api.getSession({ headers });
      if (!found || found.user.deactivatedAt) return undefined;
      const { id, name, email, mustChangePassword, twoFactorEnabled } = found.user;
      const role = Role.parse(found.user.role);
      const kind = found.user.kind as PersonKind;
      const pass = kind === 'day-pass' ? await dayPasses.of(id) : null;
      if (pass === undefined) return undefined;
      const hasSecondFactor = twoFactorEnabled === true;
      const needsOne = secondFactor === 'required' && kind === 'staff' && opensThings(role);
      return {
        id,
        name,
        email,
        role,
        kind,
        mustChangePassword,
        hasSecondFactor,
        lacksSecondFactor: needsOne && !hasSecondFactor,
        pass,
      };
    },

    /** As the command line and a first run add somebody. */
    add: (person: { name: string; email: string; role: GivenRole }) => staff.add(person, commandLine),

    /** Everybody who works here, by name, as one of them may see and change them. */
    list: (asks: Actor) => listPeople(store, asks, secondFactor),
  };
}
export type People = ReturnType<typeof createPeople>;
