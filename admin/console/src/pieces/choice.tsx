import { useId } from 'preact/hooks';

/** A label and a list to choose from. */
export function Choice({
  label,
  value,
  options,
  onChoose,
  name,
}: {
  label: string;
  value: string;
  options: readonly { value: string; word: string }[];
  onChoose: (value: string) => void;
  name?: string;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="field-box">
        <select id={id} name={name} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
          {options.map((one) => (
            <option key={one.value} value={one.value}>
              {one.word}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
