import { useEffect, useRef, useState } from 'preact/hooks';
import { useHouse } from '../house.ts';
import { type FactorToSetUp, peopleApi } from '../people.ts';
import { AskPassword } from '../pieces/ask-password.tsx';
import { BackupCodes } from '../pieces/backup-codes.tsx';
import { CodeField } from '../pieces/code-field.tsx';
import { Lone } from '../pieces/lone.tsx';
import { Problem } from '../pieces/problem.tsx';
import { Qr } from '../pieces/qr.tsx';
import { say } from '../words.ts';

/** At the first sign-in of a role that can open things: an app that shows codes, then codes for the drawer. */
export function SetUpFactor() {
  const { api, session } = useHouse();
  const [factor, setFactor] = useState<FactorToSetUp | null>(null);
  const [kept, setKept] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const typed = session.passwordJustTyped();

  async function begin(password: string): Promise<void> {
    setProblem(null);
    const answer = await peopleApi(api).setUpFactor(password);
    if (answer.ok) setFactor(answer.value);
    else setProblem(answer.code);
  }
  useEffect(() => {
    if (typed !== null) void begin(typed);
  }, []);

  if (factor && kept)
    return (
      <Lone title={say('backupCodesTitle')} lead={say('backupCodesWhy')}>
        <BackupCodes codes={factor.backupCodes} onKept={() => void session.refresh()} />
      </Lone>
    );
  return (
    <Lone title={say('setUpTitle')} lead={say('setUpLead')}>
      {problem && <Problem code={problem} />}
      {!factor && (typed === null || problem) && (
        <AskPassword
          label={say('password')}
          name="password"
          act={say('setUpBegin')}
          look="button main wide"
          onTyped={(password) => void begin(password)}
        />
      )}
      {factor && <Scan factor={factor} onShown={() => setKept(true)} />}
      <p class="lone-foot lone-choices">
        <button type="button" class="link" onClick={() => void session.signOut()}>
          {say('navSignOut')}
        </button>
      </p>
    </Lone>
  );
}

function Scan({ factor, onShown }: { factor: FactorToSetUp; onShown: () => void }) {
  const { api } = useHouse();
  const [problem, setProblem] = useState<string | null>(null);
  const code = useRef<HTMLInputElement>(null);
  const secret = new URL(factor.totpURI).searchParams.get('secret') ?? '';

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const answer = await peopleApi(api).showFactor(
      'totp',
      code.current?.value.replace(/\s/g, '') ?? '',
      false,
    );
    if (answer.ok) return onShown();
    setProblem(answer.code);
    code.current?.select();
  }

  return (
    <form noValidate onSubmit={submit}>
      <Qr text={factor.totpURI} label={say('setUpQr')} />
      <p class="hint">{say('setUpByHand')}</p>
      <p class="shown-code set-up-secret" data-otpauth={factor.totpURI}>
        {secret.match(/.{1,4}/g)?.join(' ')}
      </p>
      {problem && <Problem code={problem} />}
      <CodeField label={say('factorCode')} hint={say('setUpCodeHint')} digits inputRef={code} />
      <button type="submit" class="button main wide">
        {say('setUpAct')}
      </button>
    </form>
  );
}
