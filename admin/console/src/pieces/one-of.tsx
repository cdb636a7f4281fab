import { useId } from 'preact/hooks';

/** One of a few, side by side, as large as a finger. */
export function OneOf<T extends string>({
  legend,
  options,
  chosen,
  onChoose,
}: {
  legend: string;
  options: readonly { value: T; word: string; hint?: string }[];
  chosen: T;
  onChoose: (value: T) => void;
}) {
  const name = useId();
  return (
    <fieldset class="one-of">
      <legend>{legend}</legend>
      <div class="one-of-chips">
        {options.map(({ value, word, hint }) => (
          <label key={value} class="chip">
            <input
              type="radio"
              name={name}
              value={value}
              checked={chosen === value}
              onChange={() => onChoose(value)}
            />
            <span>
              {word}
              {hint && <span class="code">{hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
