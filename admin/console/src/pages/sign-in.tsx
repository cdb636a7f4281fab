import { useEffect, useRef, useState } from 'preact/hooks';
import { useHouse } from '../house.ts';
import { type Door, peopleApi } from '../people.ts';
import { CodeField } from '../pieces/code-field.tsx';
import { EmailField, PasswordField } from '../pieces/fields.tsx';
import { Lone } from '../pieces/lone.tsx';
import { Problem } from '../pieces/problem.tsx';
import { useReading } from '../reading.ts';
import { goTo } from '../route.ts';
import { say } from '../words.ts';

/** Where nobody is signed in, this page stands at every address: signing in goes on to where one wanted to go. */
export function SignIn() {
  const { api, session } = useHouse();
  const [door, setDoor] = useState<Door | null>(null);
  const ways = useReading('ways', peopleApi(api).ways);
  useEffect(() => {
    const { pathname, search } = location;
    if (new URLSearchParams(search).get('second-factor') !== 'asked') return;
    goTo(pathname, 'replace');
    session.ask();
  }, [session]);
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({});
  const [problem, setProblem] = useState<string | null>(null);
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const typed = { email: email.current?.value.trim() ?? '', password: password.current?.value ?? '' };
    const absent = {
      ...(typed.email.includes('@') ? {} : { email: say('emailMissing') }),
      ...(typed.password ? {} : { password: say('passwordMissing') }),
    };
    setMissing(absent);
    setProblem(null);
    if (absent.email) return email.current?.focus();
    if (absent.password) return password.current?.focus();
    setBusy(true);
    const answer = await session.signIn(typed.email, typed.password);
    setBusy(false);
    if (answer.ok) return;
    setProblem(answer.code);
    password.current?.select();
  }

  async function goToGoogle(): Promise<void> {
    const answer = await peopleApi(api).google();
    if (answer.ok) location.assign(answer.value.url);
    else setProblem(answer.code);
  }

  if (door) return <ByCode door={door} back={() => setDoor(null)} />;
  const refusedByGoogle = new URLSearchParams(location.search).has('error');
  return (
    <Lone title={say('signInTitle')} lead={say('signInLead')}>
      {refusedByGoogle && <Problem code="not-by-google" />}
      <form noValidate onSubmit={submit}>
        {problem && <Problem code={problem} />}
        <EmailField
          label={say('email')}
          name="email"
          autocomplete="username"
          inputRef={email}
          error={missing.email}
        />
        <PasswordField
          label={say('password')}
          name="password"
          autocomplete="current-password"
          inputRef={password}
          error={missing.password}
        />
        <button type="submit" class="button main wide" aria-disabled={busy}>
          {say(busy ? 'signingIn' : 'signInAct')}
        </button>
      </form>
      {ways.value?.google && (
        <button type="button" class="button wide google" onClick={() => void goToGoogle()}>
          {say('signInGoogle')}
        </button>
      )}
      <p class="lone-foot">{say('signInFoot')}</p>
      <p class="lone-foot lone-choices">
        <button type="button" class="link" onClick={() => setDoor('day-pass')}>
          {say('doorDayPass')}
        </button>
        <button type="button" class="link" onClick={() => setDoor('break-glass')}>
          {say('doorBreakGlass')}
        </button>
      </p>
    </Lone>
  );
}

/** With a code instead of a password: a day pass, or the sealed account. */
function ByCode({ door, back }: { door: Door; back: () => void }) {
  const { session } = useHouse();
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const code = useRef<HTMLInputElement>(null);
  const isPass = door === 'day-pass';

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const typed = code.current?.value.trim() ?? '';
    setMissing(typed === '');
    setProblem(null);
    if (typed === '') return code.current?.focus();
    setBusy(true);
    const answer = await session.signInByCode(door, typed);
    setBusy(false);
    if (answer.ok) return;
    setProblem(answer.code);
    code.current?.select();
  }

  return (
    <Lone
      title={say(isPass ? 'dayPassTitle' : 'breakGlassTitle')}
      lead={say(isPass ? 'dayPassLead' : 'breakGlassLead')}
    >
      <form noValidate onSubmit={submit}>
        {problem && <Problem code={problem} />}
        <CodeField
          label={say('codeLabel')}
          inputRef={code}
          error={missing ? say('codeMissing') : undefined}
        />
        <button type="submit" class="button main wide" aria-disabled={busy}>
          {say(busy ? 'signingIn' : 'signInAct')}
        </button>
      </form>
      <p class="lone-foot lone-choices">
        <button type="button" class="link" onClick={back}>
          {say('doorPassword')}
        </button>
      </p>
    </Lone>
  );
}
