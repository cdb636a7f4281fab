import { useRef, useState } from 'preact/hooks';
import { announce } from '../announce.ts';
import { useHouse } from '../house.ts';
import { peopleApi } from '../people.ts';
import { AskPassword } from '../pieces/ask-password.tsx';
import { BackupCodes } from '../pieces/backup-codes.tsx';
import { PasswordField } from '../pieces/fields.tsx';
import { Heading } from '../pieces/heading.tsx';
import { Lone } from '../pieces/lone.tsx';
import { Problem } from '../pieces/problem.tsx';
import { say } from '../words.ts';

const shortest = 12;

/** The first page after a one-time password: nothing else opens before it. */
export const FirstPassword = () => (
  <Lone title={say('firstPasswordTitle')} lead={say('firstPasswordLead')}>
    <PasswordForm first />
  </Lone>
);

export const Password = () => (
  <section class="narrow">
    <Heading title={say('newPasswordTitle')} />
    <p class="lead">{say('newPasswordLead')}</p>
    <PasswordForm first={false} />
    <OwnFactor />
  </section>
);

/** What stands in for the phone that is at home. */
function OwnFactor() {
  const { api, session } = useHouse();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const current = session.session.value;
  if (current.state !== 'in' || current.me.secondFactor !== 'set-up') return null;

  async function make(password: string): Promise<void> {
    const answer = await peopleApi(api).newBackupCodes(password);
    setProblem(answer.ok ? null : answer.code);
    if (answer.ok) setCodes(answer.value.backupCodes);
  }

  return (
    <section class="own-factor">
      <h2>{say('factorHeading')}</h2>
      <p class="lead">{say('factorIsOn')}</p>
      {problem && <Problem code={problem} />}
      {codes ? (
        <BackupCodes codes={codes} onKept={() => setCodes(null)} />
      ) : (
        <AskPassword
          label={say('currentPassword')}
          name="factor-password"
          hint={say('backupCodesNewText')}
          act={say('backupCodesNew')}
          onTyped={(password) => void make(password)}
        />
      )}
    </section>
  );
}

function PasswordForm({ first }: { first: boolean }) {
  const { session } = useHouse();
  const known = first ? session.passwordJustTyped() : null;
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);
  const [wrong, setWrong] = useState<{ current?: string; next?: string }>({});
  const [problem, setProblem] = useState<string | null>(null);
  const current = useRef<HTMLInputElement>(null);
  const next = useRef<HTMLInputElement>(null);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const old = known ?? current.current?.value ?? '';
    const chosen = next.current?.value ?? '';
    const found: { current?: string; next?: string } = {};
    if (!old) found.current = say('currentPasswordMissing');
    if (chosen.length < shortest) found.next = say('newPasswordShort');
    else if (chosen === old) found.next = say('newPasswordSame');
    setWrong(found);
    setProblem(null);
    setSaved(false);
    if (found.current) return current.current?.focus();
    if (found.next) return next.current?.focus();
    setBusy(true);
    const answer = await session.changePassword(old, chosen);
    setBusy(false);
    if (!answer.ok) return setProblem(answer.code);
    form.reset();
    setSaved(true);
    announce(say('passwordSaved'));
  }

  return (
    <form noValidate onSubmit={submit}>
      {problem && <Problem code={problem} />}
      {saved && <p class="good">{say('passwordSaved')}</p>}
      {known === null && (
        <PasswordField
          label={say(first ? 'oneTimePassword' : 'currentPassword')}
          name="current"
          autocomplete="current-password"
          inputRef={current}
          error={wrong.current}
        />
      )}
      <PasswordField
        label={say('newPassword')}
        name="new"
        autocomplete="new-password"
        hint={say('newPasswordHint')}
        inputRef={next}
        error={wrong.next}
      />
      <button type="submit" class={first ? 'button main wide' : 'button main'} aria-disabled={busy}>
        {say(busy ? 'savingPassword' : 'newPasswordAct')}
      </button>
    </form>
  );
}
