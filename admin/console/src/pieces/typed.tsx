import { Labelled } from './labelled.tsx';

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
  const common = {
    value,
    autocomplete: 'off' as const,
    onInput: (event: { currentTarget: { value: string } }) => onType(event.currentTarget.value),
    ...more,
    ref: (drawn: HTMLElement | null) => {
      if (field) field.current = drawn;
    },
  };
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(ties) =>
        rows ? <textarea rows={rows} {...common} {...ties} /> : <input type={type} {...common} {...ties} />
      }
    </Labelled>
  );
}
