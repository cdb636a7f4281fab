import type { JSX, Ref } from 'preact';
import { useState } from 'preact/hooks';
import { say } from '../words.ts';
import { Labelled } from './labelled.tsx';

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
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(ties) => (
        <>
          <input
            name={name}
            autocomplete={autocomplete}
            {...(inputRef ? { ref: inputRef } : {})}
            spellcheck={false}
            autocapitalize="off"
            {...ties}
            {...input}
          />
          {children}
        </>
      )}
    </Labelled>
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
