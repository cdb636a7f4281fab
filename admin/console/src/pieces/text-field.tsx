import type { Ref } from 'preact';
import { useId } from 'preact/hooks';

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
  const id = useId();
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <label for={id}>{label}</label>
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <div class="field-box">
        <input
          id={id}
          name={name}
          type={type}
          ref={inputRef}
          autocomplete="off"
          spellcheck={false}
          {...(error ? { 'aria-invalid': true, 'aria-describedby': `${id}-error` } : {})}
        />
      </div>
    </div>
  );
}
