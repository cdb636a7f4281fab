import type { Ref } from 'preact';
import { Labelled } from './labelled.tsx';

type FileFieldProps = {
  label: string;
  /** What is missing, as a sentence. */
  error?: string | undefined;
  /** More than one file may be chosen. */
  multiple?: boolean;
  fileRef: Ref<HTMLInputElement>;
  onChoose: () => void;
};

/** A CSV file, or several. */
export const FileField = ({ label, error, multiple = false, fileRef, onChoose }: FileFieldProps) => (
  <Labelled label={label} error={error}>
    {(ties) => (
      <input
        type="file"
        accept=".csv,text/csv"
        multiple={multiple}
        ref={fileRef}
        onChange={onChoose}
        {...ties}
      />
    )}
  </Labelled>
);
