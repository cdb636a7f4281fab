import { useRef, useState } from 'preact/hooks';
import type { ImportClasses, ImportSaid } from '../../../groups/wire.ts';
import { announce } from '../announce.ts';
import { changesNothing, classesApi, encodeFile, type Issue, issuesIn } from '../classes.ts';
import { useFirstWrong } from '../first-wrong.ts';
import { useHouse } from '../house.ts';
import { Heading } from '../pieces/heading.tsx';
import { ImportPreview } from '../pieces/import-preview.tsx';
import { Issues } from '../pieces/issues.tsx';
import { OneOf } from '../pieces/one-of.tsx';
import { problemWords } from '../pieces/problem.tsx';
import { Typed } from '../pieces/typed.tsx';
import { addressOf, followLink } from '../route.ts';
import { plural, say } from '../words.ts';

const parts = ['account', 'name', 'group', 'stage', 'teacher'] as const;
const noColumns = { account: '', name: '', group: '', stage: '', teacher: '' };

/** What would this file change? Then: change it. */
export function ClassListsPage() {
  const { api } = useHouse();
  const [format, setFormat] = useState<ImportClasses['format']>('csv');
  const [columns, setColumns] = useState(noColumns);
  const [list, setList] = useState<ImportClasses | null>(null);
  const [said, setSaid] = useState<ImportSaid | null>(null);
  const [issues, setIssues] = useState<Issue[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<{ file?: string }>({});
  const files = useRef<HTMLInputElement>(null);
  const form = useFirstWrong(wrong);

  function forget(): void {
    setSaid(null);
    setList(null);
    setIssues([]);
    setProblem(null);
  }

  async function send(asked: ImportClasses): Promise<void> {
    if (busy) return;
    setBusy(true);
    const answer = await classesApi(api).import(asked);
    setBusy(false);
    if (answer.ok) {
      setSaid(answer.value);
      setList(asked);
      setIssues([]);
      setProblem(null);
      announce(say(answer.value.applied ? 'importApplied' : 'importSaysFirst'));
      return;
    }
    const found = issuesIn(answer.refused);
    forget();
    setIssues(found);
    setProblem(found.length > 0 ? null : problemWords(answer.code, answer.message));
    if (found.length > 0) announce(plural(say, 'importIssues', found.length));
  }

  async function look(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const chosen = [...(files.current?.files ?? [])];
    const found = chosen.length > 0 ? {} : { file: say('importFileMissing') };
    setWrong(found);
    if (chosen.length === 0) return forget();
    const named = Object.entries(columns).filter(([, column]) => column.trim() !== '');
    await send({
      format,
      // Read anew each time: what was put right in the file counts.
      files: await Promise.all(chosen.map(encodeFile)),
      columns: Object.fromEntries(named.map(([part, column]) => [part, column.trim()])),
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
            <div class={wrong.file ? 'field field-wrong' : 'field'}>
              <label for="import-files">{say(format === 'csv' ? 'importFile' : 'importFiles')}</label>
              {wrong.file && (
                <p class="field-error" id="import-files-error">
                  {wrong.file}
                </p>
              )}
              <div class="field-box">
                <input
                  id="import-files"
                  type="file"
                  accept=".csv,text/csv"
                  multiple={format === 'oneroster'}
                  ref={files}
                  onChange={forget}
                  {...(wrong.file ? { 'aria-invalid': true, 'aria-describedby': 'import-files-error' } : {})}
                />
              </div>
            </div>
            {format === 'csv' && (
              <details class="import-columns">
                <summary>{say('importColumns')}</summary>
                <p class="soft">{say('importColumnsText')}</p>
                <div class="two-fields">
                  {parts.map((part) => (
                    <Typed
                      key={part}
                      label={say(`importColumn_${part}`)}
                      value={columns[part]}
                      onType={(column) => setColumns({ ...columns, [part]: column })}
                    />
                  ))}
                </div>
              </details>
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
          {said && list && (
            <>
              <h2 class="part-title">{say('importSaysFirst')}</h2>
              <ImportPreview said={said} />
              {!changesNothing(said) && (
                <p class="acts import-apply">
                  <button
                    type="button"
                    class="button main"
                    aria-disabled={busy}
                    onClick={() => void send({ ...list, apply: true })}
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
