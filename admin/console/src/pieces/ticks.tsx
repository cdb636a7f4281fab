/** Some of several, each with its word: classes, stages, lists. */
export function Ticks({
  legend,
  name,
  options,
  chosen,
  onChoose,
  error,
  wide = false,
}: {
  legend: string;
  name: string;
  options: readonly { value: string; word: string }[];
  chosen: readonly string[];
  onChoose: (chosen: string[]) => void;
  /** What is missing, as a sentence. */
  error?: string | undefined;
  /** Words of several words. */
  wide?: boolean;
}) {
  return (
    <fieldset class={error ? 'field field-wrong' : 'field'}>
      <legend>{legend}</legend>
      {error && <p class="field-error">{error}</p>}
      <div class={wide ? 'group-ticks ticks-wide' : 'group-ticks'}>
        {options.map(({ value, word }) => (
          <label key={value} class="tick-line">
            <input
              type="checkbox"
              name={name}
              value={value}
              checked={chosen.includes(value)}
              onChange={(event) =>
                onChoose(
                  event.currentTarget.checked ? [...chosen, value] : chosen.filter((one) => one !== value),
                )
              }
            />
            <span>{word}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
