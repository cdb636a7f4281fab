import type { Ref } from 'preact';
import { Labelled } from './labelled.tsx';

/** One line of text about somebody else: the browser fills in nothing. */
export function TextField({
  label,
  name,
  type = 'text',
  error,
  inputRef,
}: {
  label: string;
  name: string;
  type?: 'text' | 'email';
  error?: string | undefined;
  inputRef: Ref<HTMLInputElement>;
}) {
  return (
    <Labelled label={label} error={error}>
      {(ties) => (
        <input name={name} type={type} ref={inputRef} autocomplete="off" spellcheck={false} {...ties} />
      )}
    </Labelled>
  );
}
