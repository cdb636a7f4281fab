import type { Ref } from 'preact';
import { Labelled } from './labelled.tsx';

type CodeFieldProps = {
  label: string;
  hint?: string;
  error?: string | undefined;
  /** Six digits of an app: a phone shows its number keys, and the browser offers what came by message. */
  digits?: boolean;
  inputRef: Ref<HTMLInputElement>;
};

/** A code that somebody copies by hand, in letters of one width. */
export const CodeField = ({ label, hint, error, digits = false, inputRef }: CodeFieldProps) => (
  <Labelled label={label} hint={hint} error={error}>
    {(ties) => (
      <input
        class="code-input"
        type="text"
        name="code"
        ref={inputRef}
        autocomplete={digits ? 'one-time-code' : 'off'}
        inputMode={digits ? 'numeric' : 'text'}
        autocapitalize="off"
        spellcheck={false}
        {...ties}
      />
    )}
  </Labelled>
);
