import { useId } from 'preact/hooks';

type TypedProps = {
  label: string;
  value: string;
  onType: (typed: string) => void;
  type?: 'text' | 'date' | 'datetime-local' | 'number';
  /** More than one line. */
  rows?: number;
  hint?: string | undefined;
  /** What is missing, as a sentence. */
  error?: string | undefined;
  name?: string;
  min?: string;
  max?: string;
  field?: { current: HTMLElement | null };
};

/** A label and what is typed below it: a line, some lines, or a date. The browser fills in nothing. */
export function Typed({
  label,
  value,
  onType,
  type = 'text',
  rows,
  hint,
  error,
  field,
  ...more
}: TypedProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  const common = {
    id,
    value,
    autocomplete: 'off' as const,
    onInput: (event: { currentTarget: { value: string } }) => onType(event.currentTarget.value),
    ...more,
    ref: (drawn: HTMLElement | null) => {
      if (field) field.current = drawn;
    },
    ...(error ? { 'aria-invalid': true } : {}),
    ...(described ? { 'aria-describedby': described } : {}),
  };
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
        {rows ? <textarea rows={rows} {...common} /> : <input type={type} {...common} />}
      </div>
    </div>
  );
}
