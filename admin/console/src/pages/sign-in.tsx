import { useRef, useState } from 'preact/hooks';
import { useHouse } from '../house.ts';
import { EmailField, PasswordField } from '../pieces/fields.tsx';
import { Lone } from '../pieces/lone.tsx';
import { Problem } from '../pieces/problem.tsx';
import { say } from '../words.ts';

/** Where nobody is signed in, this page stands at every address: signing in goes on to where one wanted to go. */
export function SignIn() {
  const { session } = useHouse();
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

  return (
    <Lone title={say('signInTitle')} lead={say('signInLead')}>
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
      <p class="lone-foot">{say('signInFoot')}</p>
    </Lone>
  );
}
