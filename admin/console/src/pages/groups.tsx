import { CalendarClock, FileUp, GraduationCap, Plus } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { isPupil, type Stage, stages } from '../../../../rules/stage-names.ts';
import type { GroupLines } from '../../../groups/wire.ts';
import { may } from '../../../roles.ts';
import { announce } from '../announce.ts';
import { classesApi } from '../classes.ts';
import { useFirstWrong } from '../first-wrong.ts';
import { useHouse, useMe } from '../house.ts';
import { Choice } from '../pieces/choice.tsx';
import { Heading } from '../pieces/heading.tsx';
import { Problem, problemWords } from '../pieces/problem.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { Typed } from '../pieces/typed.tsx';
import { When } from '../pieces/when.tsx';
import { useReading } from '../reading.ts';
import { addressOf, followLink, goTo } from '../route.ts';
import { counted, say } from '../words.ts';

/** Which classes are there, how many are in each, and are the lists of today? */
export function GroupsPage() {
  const { api } = useHouse();
  const me = useMe();
  const read = useReading('groups', classesApi(api).all);
  const [isMaking, setIsMaking] = useState(false);
  const manages = may(me.role, 'manage-classes');
  const groups = read.value?.groups.filter(({ stage }) => isPupil(stage));
  const adults = read.value?.groups.filter(({ stage }) => !isPupil(stage)) ?? [];

  return (
    <section class="classes">
      <Heading title={say('classesTitle')}>
        <span class="heading-act acts">
          <a class="button" href={addressOf('timetable')} onClick={followLink}>
            <CalendarClock class="icon" size={16} aria-hidden="true" />
            {say('timetableTitle')}
          </a>
          {manages && (
            <>
              <button
                type="button"
                class="button"
                aria-expanded={isMaking}
                onClick={() => setIsMaking(!isMaking)}
              >
                <Plus class="icon" size={16} aria-hidden="true" />
                {say('classesMake')}
              </button>
              <a class="button main" href={addressOf('class-lists')} onClick={followLink}>
                <FileUp class="icon" size={16} aria-hidden="true" />
                {say('classesImport')}
              </a>
            </>
          )}
        </span>
      </Heading>
      {read.problem && <Problem code={read.problem} again={read.again} />}
      {isMaking && <Make />}
      {!groups && !read.problem && <Skeleton lines={8} />}
      {read.value?.nightly && <Nightly nightly={read.value.nightly} />}
      {groups && groups.length === 0 && (
        <div class="empty">
          <GraduationCap class="empty-picture" size={28} aria-hidden="true" />
          <h2>{say('classesEmptyTitle')}</h2>
          <p>{say('classesEmptyText')}</p>
        </div>
      )}
      {groups && groups.length > 0 && <Sheet groups={groups} title={say('classesTitle')} />}
      {adults.length > 0 && (
        <section class="classes-adults">
          <h2 class="part-title">{say('classesStaff')}</h2>
          <p class="soft">{say('classesStaffText')}</p>
          <Sheet groups={adults} title={say('classesStaff')} />
        </section>
      )}
    </section>
  );
}

const Sheet = ({ groups, title }: Pick<GroupLines, 'groups'> & { title: string }) => (
  <table class="sheet classes-sheet">
    <caption class="unseen">{title}</caption>
    <thead>
      <tr>
        <th scope="col">{say('classesColumn')}</th>
        <th scope="col">{say('classesStage')}</th>
        <th scope="col" class="number">
          {say('classesPupils')}
        </th>
        <th scope="col" class="number">
          {say('classesTeachers')}
        </th>
        <th scope="col">{say('classesSource')}</th>
      </tr>
    </thead>
    <tbody>
      {groups.map(({ id, name, stage, pupils, teachers, source }) => (
        <tr key={id} class="line">
          <th scope="row">
            <a href={addressOf('group', { id })} onClick={followLink}>
              {name}
            </a>
          </th>
          <td>{stage}</td>
          <td class="number">{counted(pupils)}</td>
          <td class="number">{counted(teachers)}</td>
          <td class="soft">{say(`classesSource_${source}`)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** What became of the nightly file: done, or why it waits for a person. */
function Nightly({ nightly }: { nightly: NonNullable<GroupLines['nightly']> }) {
  const { path, checkedAt, said, waiting } = nightly;
  return (
    <p class={waiting ? 'warning' : 'soft classes-nightly'}>
      {waiting ? say('classesNightlyWaits', waiting) : say('classesNightly')} {!waiting && said && `${said} `}
      {checkedAt ? <When at={checkedAt} /> : say('classesNightlyNever')} <span class="code">{path}</span>
    </p>
  );
}

function Make() {
  const { api } = useHouse();
  const [name, setName] = useState('');
  const [stage, setStage] = useState<Stage>('KS2');
  const [wrong, setWrong] = useState<{ name?: string }>({});
  const [problem, setProblem] = useState<string | null>(null);
  const form = useFirstWrong(wrong);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const found = name.trim() ? {} : { name: say('classesNameMissing') };
    setWrong(found);
    if ('name' in found) return;
    const answer = await classesApi(api).change({ change: 'make', name: name.trim(), stage });
    setProblem(answer.ok ? null : problemWords(answer.code, answer.message));
    if (!answer.ok) return;
    announce(say('classesMade', name.trim()));
    goTo(addressOf('group', { id: (answer.value as { group: string }).group }));
  }

  return (
    <form class="side-form" noValidate ref={form} onSubmit={submit} aria-label={say('classesMake')}>
      <Typed label={say('classesName')} value={name} onType={setName} error={wrong.name} />
      <Choice
        label={say('classesStage')}
        value={stage}
        options={stages.filter(isPupil).map((one) => ({ value: one, word: one }))}
        onChoose={(chosen) => setStage(chosen as Stage)}
      />
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" class="button main">
        {say('classesMakeAct')}
      </button>
    </form>
  );
}
