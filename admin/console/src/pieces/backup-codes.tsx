import { Printer } from 'lucide-preact';
import { useRef, useState } from 'preact/hooks';
import { useAskBeforeLeaving } from '../leaving.ts';
import { say } from '../words.ts';

/** Shown once: each opens the door once, when the phone is at home. On goes who says that they are kept. */
export function BackupCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const kept = useRef<HTMLInputElement>(null);
  const [isMissing, setIsMissing] = useState(false);
  useAskBeforeLeaving(say('backupCodesLeave'));

  function goOn(event: SubmitEvent): void {
    event.preventDefault();
    const isKept = kept.current?.checked === true;
    setIsMissing(!isKept);
    if (isKept) onKept();
    else kept.current?.focus();
  }

  return (
    <form class="to-print" noValidate onSubmit={goOn}>
      <p class="lead">{say('backupCodesLead')}</p>
      <ul class="backup-codes">
        {codes.map((code) => (
          <li key={code} class="shown-code">
            {code}
          </li>
        ))}
      </ul>
      <button type="button" class="button not-printed" onClick={() => print()}>
        <Printer class="icon" size={16} aria-hidden="true" />
        {say('print')}
      </button>
      <label class="tick-line not-printed">
        <input type="checkbox" ref={kept} name="kept" aria-describedby="kept-missing" />
        <span>{say('backupCodesKept')}</span>
      </label>
      <p class="field-error not-printed" id="kept-missing" role="alert">
        {isMissing && say('backupCodesKeptMissing')}
      </p>
      <button type="submit" class="button main wide not-printed">
        {say('backupCodesGoOn')}
      </button>
    </form>
  );
}
