import type { Ref } from 'preact';
import { useId } from 'preact/hooks';

type CodeFieldProps = {
  label: string;
  hint?: string;
  error?: string | undefined;
  /** Six digits of an app: a phone shows its number keys, and the browser offers what came by message. */
  digits?: boolean;
  inputRef: Ref<HTMLInputElement>;
};

/** A code that somebody copies by hand, in letters of one width. */
export function CodeField({ label, hint, error, digits = false, inputRef }: CodeFieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <div class="field-box">
        <input
          id={id}
          class="code-input"
          type="text"
          name="code"
          ref={inputRef}
          autocomplete={digits ? 'one-time-code' : 'off'}
          inputMode={digits ? 'numeric' : 'text'}
          autocapitalize="off"
          spellcheck={false}
          {...(error ? { 'aria-invalid': true } : {})}
          {...(described ? { 'aria-describedby': described } : {})}
        />
      </div>
    </div>
  );
}
