import { useRef, useState } from 'preact/hooks';
import type { ImportTimetable, TimetableSaid } from '../../../timetable/wire.ts';
import { encodeFile } from '../classes.ts';
import { useFirstWrong } from '../first-wrong.ts';
import { useHouse } from '../house.ts';
import { useImport } from '../import-of.ts';
import { now } from '../now.ts';
import { FileField } from '../pieces/file-field.tsx';
import { Heading } from '../pieces/heading.tsx';
import { Issues } from '../pieces/issues.tsx';
import { columnsNamed, NamedColumns, noColumns } from '../pieces/named-columns.tsx';
import { Typed } from '../pieces/typed.tsx';
import { addressOf, followLink } from '../route.ts';
import { timetableApi } from '../timetable.ts';
import { counted, say } from '../words.ts';

const parts = ['days', 'from', 'until', 'classes', 'stages', 'title', 'adult', 'place', 'kind'] as const;
const inAYear = () => new Date(now.value.getTime() + 365 * 86_400_000).toISOString().slice(0, 10);

/** What would this timetable change, and why? Then: publish it. */
export function TimetableImportPage() {
  const { api } = useHouse();
  const [columns, setColumns] = useState(noColumns(parts));
  const { asked, said, issues, problem, busy, ask, forget } = useImport(timetableApi(api).import, {
    appliedWord: 'timetableApplied',
    keeps: ({ note }: ImportTimetable) => note !== null,
  });
  const [wrong, setWrong] = useState<{ file?: string }>({});
  const files = useRef<HTMLInputElement>(null);
  const form = useFirstWrong(wrong);

  async function look(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const file = files.current?.files?.[0];
    setWrong(file ? {} : { file: say('importFileMissing') });
    if (!file) return forget();
    await ask({
      file: await encodeFile(file),
      columns: columnsNamed(columns),
      note: null,
    });
  }

  return (
    <section class="timetable">
      <Heading title={say('timetableImport')}>
        <a class="heading-act" href={addressOf('timetable')} onClick={followLink}>
          {say('timetableBack')}
        </a>
      </Heading>
      {said?.applied ? (
        <>
          <p class="good">{say('timetableApplied')}</p>
          <Preview said={said} />
          <p class="acts">
            <a class="button main" href={addressOf('timetable')} onClick={followLink}>
              {say('timetableToWeek')}
            </a>
          </p>
        </>
      ) : (
        <>
          <form
            class="side-form wide-form"
            noValidate
            ref={form}
            onSubmit={look}
            aria-label={say('timetableImport')}
          >
            <p class="soft form-lead">{say('timetableImportText')}</p>
            <FileField label={say('importFile')} error={wrong.file} fileRef={files} onChoose={forget} />
            <NamedColumns
              parts={parts}
              columns={columns}
              wordOf={(part) => say(`timetableColumn_${part}`)}
              onName={setColumns}
            />
            {problem && !said && (
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
              <Preview said={said} />
              <Note problem={problem} busy={busy} onPublish={(note) => void ask({ ...asked, note })} />
            </>
          )}
        </>
      )}
    </section>
  );
}

/** What stands in the policy's history: why, and who has weighed it (FIELD C1). */
function Note({
  problem,
  busy,
  onPublish,
}: {
  problem: string | null;
  busy: boolean;
  onPublish: (note: NonNullable<ImportTimetable['note']>) => void;
}) {
  const [why, setWhy] = useState('');
  const [educational, setEducational] = useState(say('timetableEducationalUsual'));
  const [technical, setTechnical] = useState(say('timetableTechnicalUsual'));
  const [reviewBy, setReviewBy] = useState(inAYear());
  const [wrong, setWrong] = useState<{
    why?: string;
    educational?: string;
    technical?: string;
    reviewBy?: string;
  }>({});
  const form = useFirstWrong(wrong);

  function publish(event: SubmitEvent): void {
    event.preventDefault();
    const found = {
      ...(why.trim().length < 3 ? { why: say('timetableWhyMissing') } : {}),
      ...(educational.trim().length < 3 ? { educational: say('timetableRiskMissing') } : {}),
      ...(technical.trim().length < 3 ? { technical: say('timetableRiskMissing') } : {}),
      ...(reviewBy === '' ? { reviewBy: say('timetableReviewMissing') } : {}),
    };
    setWrong(found);
    if (Object.keys(found).length === 0) onPublish({ why, educational, technical, reviewBy });
  }

  return (
    <form
      class="side-form wide-form"
      noValidate
      ref={form}
      onSubmit={publish}
      aria-label={say('timetableNote')}
    >
      <h2>{say('timetableNote')}</h2>
      <p class="soft form-lead">{say('timetableNoteText')}</p>
      <Typed label={say('timetableWhy')} value={why} onType={setWhy} error={wrong.why} />
      <div class="two-fields">
        <Typed
          label={say('timetableEducational')}
          rows={2}
          value={educational}
          onType={setEducational}
          error={wrong.educational}
        />
        <Typed
          label={say('timetableTechnical')}
          rows={2}
          value={technical}
          onType={setTechnical}
          error={wrong.technical}
        />
      </div>
      <Typed
        label={say('timetableReview')}
        type="date"
        value={reviewBy}
        onType={setReviewBy}
        error={wrong.reviewBy}
      />
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" class="button main" aria-disabled={busy}>
        {say('timetablePublish')}
      </button>
    </form>
  );
}

const rows = ['lessons', 'windows', 'holidays'] as const;

const Preview = ({ said }: { said: TimetableSaid }) => (
  <div class="preview">
    <table class="sheet timetable-change">
      <caption class="unseen">{say('importSaysFirst')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('timetableWhat')}</th>
          <th scope="col" class="number">
            {say('timetableBefore')}
          </th>
          <th scope="col" class="number">
            {say('timetableAfter')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row} class="line">
            <th scope="row">{say(`timetableCount_${row}`)}</th>
            <td class="number">{counted(said.before[row])}</td>
            <td class="number">{counted(said.after[row])}</td>
          </tr>
        ))}
        {said.classes.map(({ name, before, after }) => (
          <tr key={name} class="line">
            <th scope="row">{say('timetableClassHours', name)}</th>
            <td class="number">{counted(before)}</td>
            <td class="number">{counted(after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
    {said.stays.map((kind) => (
      <p key={kind} class="soft">
        {say(`timetableStays_${kind}`)}
      </p>
    ))}
  </div>
);
