import { useRef, useState } from 'preact/hooks';
import { useHouse } from '../house.ts';
import { CodeField } from '../pieces/code-field.tsx';
import { Lone } from '../pieces/lone.tsx';
import { Problem } from '../pieces/problem.tsx';
import { say } from '../words.ts';

/** After the password: the code of one's own phone, or one of the codes in the drawer. */
export function AskedFactor() {
  const { session } = useHouse();
  const [kind, setKind] = useState<'totp' | 'backup-code'>('totp');
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const code = useRef<HTMLInputElement>(null);
  const trust = useRef<HTMLInputElement>(null);
  const isApp = kind === 'totp';

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const typed = code.current?.value.trim() ?? '';
    const shown = isApp ? typed.replace(/\s/g, '') : typed;
    setMissing(shown === '');
    setProblem(null);
    if (shown === '') return code.current?.focus();
    setBusy(true);
    const answer = await session.showFactor(kind, shown, trust.current?.checked ?? false);
    setBusy(false);
    if (answer.ok) return;
    setProblem(answer.code);
    code.current?.select();
  }

  return (
    <Lone title={say('factorTitle')} lead={say(isApp ? 'factorLead' : 'factorBackupLead')}>
      <form noValidate onSubmit={submit}>
        {problem && <Problem code={problem} />}
        <CodeField
          key={kind}
          label={say(isApp ? 'factorCode' : 'factorBackupCode')}
          digits={isApp}
          inputRef={code}
          error={missing ? say('factorCodeMissing') : undefined}
        />
        <label class="tick-line">
          <input type="checkbox" ref={trust} name="trust" />
          <span>{say('factorTrust')}</span>
        </label>
        <button type="submit" class="button main wide" aria-disabled={busy}>
          {say(busy ? 'signingIn' : 'signInAct')}
        </button>
      </form>
      <p class="lone-foot lone-choices">
        <button type="button" class="link" onClick={() => setKind(isApp ? 'backup-code' : 'totp')}>
          {say(isApp ? 'factorUseBackup' : 'factorUseApp')}
        </button>
        <button type="button" class="link" onClick={() => session.startAgain()}>
          {say('signInOther')}
        </button>
      </p>
    </Lone>
  );
}
