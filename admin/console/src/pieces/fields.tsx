import type { JSX, Ref } from 'preact';
import { useId, useState } from 'preact/hooks';
import { say } from '../words.ts';

type FieldProps = {
  label: string;
  name: string;
  autocomplete: 'username' | 'current-password' | 'new-password';
  hint?: string;
  /** What is missing, as a sentence. */
  error?: string | undefined;
  inputRef?: Ref<HTMLInputElement>;
};

type InputProps = { type: 'email' | 'password' | 'text'; inputMode?: 'email' };

function Field({
  label,
  name,
  autocomplete,
  hint,
  error,
  inputRef,
  input,
  children,
}: FieldProps & {
  input: InputProps;
  children?: JSX.Element;
}) {
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
          name={name}
          autocomplete={autocomplete}
          {...(inputRef ? { ref: inputRef } : {})}
          spellcheck={false}
          autocapitalize="off"
          {...(error ? { 'aria-invalid': true } : {})}
          {...(described ? { 'aria-describedby': described } : {})}
          {...input}
        />
        {children}
      </div>
    </div>
  );
}

export const EmailField = (props: FieldProps) => (
  <Field {...props} input={{ type: 'email', inputMode: 'email' }} />
);

/** A password that can be looked at while it is typed: better than typing it twice. */
export function PasswordField(props: FieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <Field {...props} input={{ type: shown ? 'text' : 'password' }}>
      <button
        type="button"
        class="button quiet field-show"
        aria-label={say(shown ? 'hidePasswordLabel' : 'showPasswordLabel')}
        onClick={() => setShown(!shown)}
      >
        {say(shown ? 'hidePassword' : 'showPassword')}
      </button>
    </Field>
  );
}
