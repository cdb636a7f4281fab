import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** What ties a field to its label, its hint and what is wrong with it; to be spread on the field. */
export type Ties = { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string };

type LabelledProps = {
  label: string;
  hint?: string | undefined;
  /** What is missing, as a sentence. */
  error?: string | undefined;
  children: (ties: Ties) => ComponentChildren;
};

/** A label, a hint, what is wrong, and the field below them. */
export function Labelled({ label, hint, error, children }: LabelledProps) {
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
        {children({
          id,
          ...(error ? { 'aria-invalid': true } : {}),
          ...(described ? { 'aria-describedby': described } : {}),
        })}
      </div>
    </div>
  );
}
