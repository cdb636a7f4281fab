import { Printer } from 'lucide-preact';
import { say } from '../words.ts';

/** Shown once: each opens the door once, when the phone is at home. */
export const BackupCodes = ({ codes }: { codes: readonly string[] }) => (
  <div class="to-print">
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
  </div>
);
