import { useRef, useState } from 'preact/hooks';
import type { ImportClasses } from '../../../groups/wire.ts';
import { changesNothing, classesApi, encodeFile } from '../classes.ts';
import { useFirstWrong } from '../first-wrong.ts';
import { useHouse } from '../house.ts';
import { useImport } from '../import-of.ts';
import { FileField } from '../pieces/file-field.tsx';
import { Heading } from '../pieces/heading.tsx';
import { ImportPreview } from '../pieces/import-preview.tsx';
import { Issues } from '../pieces/issues.tsx';
import { columnsNamed, NamedColumns, noColumns } from '../pieces/named-columns.tsx';
import { OneOf } from '../pieces/one-of.tsx';
import { addressOf, followLink } from '../route.ts';
import { say } from '../words.ts';

const parts = ['account', 'name', 'group', 'stage', 'teacher'] as const;

/** What would this file change? Then: change it. */
export function ClassListsPage() {
  const { api } = useHouse();
  const [format, setFormat] = useState<ImportClasses['format']>('csv');
  const [columns, setColumns] = useState(noColumns(parts));
  const { asked, said, issues, problem, busy, ask, forget } = useImport(classesApi(api).import, {
    appliedWord: 'importApplied',
    keeps: () => false,
  });
  const [wrong, setWrong] = useState<{ file?: string }>({});
  const files = useRef<HTMLInputElement>(null);
  const form = useFirstWrong(wrong);

  async function look(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const chosen = [...(files.current?.files ?? [])];
    const found = chosen.length > 0 ? {} : { file: say('importFileMissing') };
    setWrong(found);
    if (chosen.length === 0) return forget();
    await ask({
      format,
      // Read anew each time: what was put right in the file counts.
      files: await Promise.all(chosen.map(encodeFile)),
      columns: columnsNamed(columns),
      apply: false,
    });
  }

  return (
    <section class="classes">
      <Heading title={say('importTitle')}>
        <a class="heading-act" href={addressOf('groups')} onClick={followLink}>
          {say('importBack')}
        </a>
      </Heading>
      {said?.applied ? (
        <>
          <p class="good">{say('importApplied')}</p>
          <p class="acts">
            <a class="button main" href={addressOf('groups')} onClick={followLink}>
              {say('importToClasses')}
            </a>
          </p>
          <ImportPreview said={said} />
        </>
      ) : (
        <>
          <form
            class="side-form wide-form"
            noValidate
            ref={form}
            onSubmit={look}
            aria-label={say('importTitle')}
          >
            <OneOf
              legend={say('importFormat')}
              options={[
                { value: 'csv', word: say('importCsv') },
                { value: 'oneroster', word: say('importOneRoster') },
              ]}
              chosen={format}
              onChoose={(chosen) => {
                setFormat(chosen);
                forget();
              }}
            />
            <p class="soft form-lead">{say(format === 'csv' ? 'importCsvText' : 'importOneRosterText')}</p>
            <FileField
              label={say(format === 'csv' ? 'importFile' : 'importFiles')}
              error={wrong.file}
              multiple={format === 'oneroster'}
              fileRef={files}
              onChoose={forget}
            />
            {format === 'csv' && (
              <NamedColumns
                parts={parts}
                columns={columns}
                wordOf={(part) => say(`importColumn_${part}`)}
                onName={setColumns}
              />
            )}
            {problem && (
              <p class="field-error" role="alert">
                {problem}
              </p>
            )}
            <button type="submit" class={said ? 'button' : 'button main'} aria-disabled={busy}>
              {say('importLook')}
            </button>
          </form>
          {issues.length > 0 && <Issues issues={issues} />}
          {said && asked && (
            <>
              <h2 class="part-title">{say('importSaysFirst')}</h2>
              <ImportPreview said={said} />
              {!changesNothing(said) && (
                <p class="acts import-apply">
                  <button
                    type="button"
                    class="button main"
                    aria-disabled={busy}
                    onClick={() => void ask({ ...asked, apply: true })}
                  >
                    {say('importApply')}
                  </button>
                  <span class="soft">{say('importApplyText')}</span>
                </p>
              )}
            </>
          )}
        </>
      )}
    </section>
  );
}
