import { say } from '../words.ts';
import { Typed } from './typed.tsx';

/** By what a column of a file is called there; an empty name leaves it to be found. */
export type Columns<Part extends string> = Record<Part, string>;

export const noColumns = <Part extends string>(parts: readonly Part[]): Columns<Part> =>
  Object.fromEntries(parts.map((part) => [part, ''])) as Columns<Part>;

/** Those that were named. */
export const columnsNamed = <Part extends string>(columns: Columns<Part>): Partial<Columns<Part>> =>
  Object.fromEntries(
    Object.entries<string>(columns)
      .map(([part, column]) => [part, column.trim()])
      .filter(([, column]) => column !== ''),
  ) as Partial<Columns<Part>>;

/** Where the headings of a file are not the usual ones. */
export const NamedColumns = <Part extends string>({
  parts,
  columns,
  wordOf,
  onName,
}: {
  parts: readonly Part[];
  columns: Columns<Part>;
  wordOf: (part: Part) => string;
  onName: (columns: Columns<Part>) => void;
}) => (
  <details class="import-columns">
    <summary>{say('importColumns')}</summary>
    <p class="soft">{say('importColumnsText')}</p>
    <div class="two-fields">
      {parts.map((part) => (
        <Typed
          key={part}
          label={wordOf(part)}
          value={columns[part]}
          onType={(column) => onName({ ...columns, [part]: column })}
        />
      ))}
    </div>
  </details>
);
