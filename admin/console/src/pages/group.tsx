import { useState } from 'preact/hooks';
import type { ChangeGroup, GroupPage as Found } from '../../../groups/wire.ts';
import { may } from '../../../roles.ts';
import { announce } from '../announce.ts';
import type { Answered } from '../api.ts';
import { classesApi } from '../classes.ts';
import { useFirstWrong } from '../first-wrong.ts';
import { useHouse, useMe } from '../house.ts';
import type { PageProps } from '../pages.tsx';
import { EndsEarly } from '../pieces/ends-early.tsx';
import { Heading } from '../pieces/heading.tsx';
import { Problem, problemWords } from '../pieces/problem.tsx';
import { PupilCare } from '../pieces/pupil-care.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { Typed } from '../pieces/typed.tsx';
import { useReading } from '../reading.ts';
import { addressOf, followLink, goTo } from '../route.ts';
import { plural, say } from '../words.ts';

/** Who is in this class, who teaches it, and what holds for one pupil alone? */
export function GroupPage({ search }: PageProps) {
  const { api } = useHouse();
  const me = useMe();
  const id = search.get('id') ?? '';
  const read = useReading(`group ${id}`, () => classesApi(api).one(id));
  const manages = may(me.role, 'manage-classes');
  const found = read.value;
  if (!found)
    return read.problem ? (
      <section class="classes">
        <Heading title={say('classesTitle')} />
        <Problem code={read.problem} again={read.again} />
      </section>
    ) : (
      <Skeleton lines={8} />
    );

  async function change(asked: ChangeGroup, words: string): Promise<Answered<unknown>> {
    const answer = await classesApi(api).change(asked);
    if (answer.ok) {
      announce(words);
      if (asked.change === 'end') goTo(addressOf('groups'));
      else read.again();
    }
    return answer;
  }

  return (
    <section class="classes">
      <Heading title={found.name}>
        <a class="heading-act" href={addressOf('groups')} onClick={followLink}>
          {say('importBack')}
        </a>
      </Heading>
      <p class="lead">
        {found.stage} · {plural(say, 'classPupils', found.pupils.length)} ·{' '}
        {say('classFrom', say(`classesSource_${found.source}`))}
      </p>
      {read.problem && <Problem code={read.problem} again={read.again} />}
      <Pupils found={found} manages={manages} change={change} again={read.again} />
      <Teachers found={found} manages={manages} change={change} />
      {manages && found.source === 'hand' && (
        <EndsEarly
          act={say('classEnd')}
          label={say('classEndLabel', found.name)}
          says={say('classEndSays', found.name)}
          end={() => change({ change: 'end', group: found.id }, say('classEnded', found.name))}
        />
      )}
    </section>
  );
}

type Part = {
  found: Found;
  manages: boolean;
  change: (asked: ChangeGroup, words: string) => Promise<Answered<unknown>>;
};

function Pupils({ found, manages, change, again }: Part & { again: () => void }) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <>
      <h2 class="part-title">{say('classPupilsTitle')}</h2>
      {found.pupils.length === 0 && <p class="soft">{say('classNoPupil')}</p>}
      {found.pupils.length > 0 && (
        <ul class="thing-list pupils">
          {found.pupils.map((pupil) => (
            <li key={pupil.account} class="pupil">
              <div class="pupil-line">
                <p>
                  <strong>{pupil.name}</strong> <span class="soft">{pupil.account}</span>
                  {pupil.suspension && <span class="tag tag-soon">{say('careSuspended')}</span>}
                  {pupil.needs.length > 0 && (
                    <span class="tag tag-need">{plural(say, 'careNeeds', pupil.needs.length)}</span>
                  )}
                </p>
                <p class="acts">
                  {found.mayCare && (
                    <button
                      type="button"
                      class="button small"
                      aria-expanded={open === pupil.account}
                      aria-label={say('careOpenLabel', pupil.name)}
                      onClick={() => setOpen(open === pupil.account ? null : pupil.account)}
                    >
                      {say('careOpen')}
                    </button>
                  )}
                  {manages && (
                    <button
                      type="button"
                      class="button small quiet"
                      aria-label={say('classRemovePupil', pupil.name, found.name)}
                      onClick={() =>
                        void change(
                          { change: 'remove-pupil', group: found.id, account: pupil.account },
                          say('classRemoved', pupil.name),
                        )
                      }
                    >
                      {say('classRemove')}
                    </button>
                  )}
                </p>
              </div>
              {open === pupil.account && <PupilCare pupil={pupil} changed={again} />}
            </li>
          ))}
        </ul>
      )}
      {manages && <AddPupil found={found} manages={manages} change={change} />}
    </>
  );
}

function AddPupil({ found, change }: Part) {
  const [name, setName] = useState('');
  const [account, setAccount] = useState('');
  const [wrong, setWrong] = useState<{ name?: string; account?: string }>({});
  const [problem, setProblem] = useState<string | null>(null);
  const form = useFirstWrong(wrong);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const missing = {
      ...(name.trim() ? {} : { name: say('nameMissing') }),
      ...(account.includes('@') ? {} : { account: say('classAccountMissing') }),
    };
    setWrong(missing);
    if (Object.keys(missing).length > 0) return;
    const answer = await change(
      { change: 'add-pupil', group: found.id, account: account.trim(), name: name.trim() },
      say('classAdded', name.trim()),
    );
    setProblem(answer.ok ? null : problemWords(answer.code, answer.message));
    if (!answer.ok) return;
    setName('');
    setAccount('');
  }

  return (
    <form class="add-line" noValidate ref={form} onSubmit={submit} aria-label={say('classAddPupil')}>
      <Typed label={say('classPupilName')} value={name} onType={setName} error={wrong.name} />
      <Typed label={say('classAccount')} value={account} onType={setAccount} error={wrong.account} />
      <button type="submit" class="button">
        {say('classAddPupil')}
      </button>
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

function Teachers({ found, manages, change }: Part) {
  const [email, setEmail] = useState('');
  const [wrong, setWrong] = useState<{ email?: string }>({});
  const [problem, setProblem] = useState<string | null>(null);
  const form = useFirstWrong(wrong);

  async function add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const missing = /^[^\s@]+@[^\s@]+$/.test(email.trim()) ? {} : { email: say('emailMissing') };
    setWrong(missing);
    if ('email' in missing) return;
    const answer = await change(
      { change: 'add-teacher', group: found.id, email: email.trim() },
      say('classAdded', email.trim()),
    );
    setProblem(answer.ok ? null : problemWords(answer.code, answer.message));
    if (answer.ok) setEmail('');
  }

  return (
    <>
      <h2 class="part-title">{say('classTeachersTitle')}</h2>
      {found.teachers.length === 0 && <p class="soft">{say('classNoTeacher')}</p>}
      {found.teachers.length > 0 && (
        <ul class="thing-list pupils">
          {found.teachers.map((teacher) => (
            <li key={teacher.email} class="pupil pupil-line">
              <p>
                <strong>{teacher.name ?? teacher.email}</strong>{' '}
                <span class="soft">{teacher.name ? teacher.email : say('classNoAccount')}</span>
              </p>
              {manages && (
                <button
                  type="button"
                  class="button small quiet"
                  aria-label={say('classRemovePupil', teacher.name ?? teacher.email, found.name)}
                  onClick={() =>
                    void change(
                      { change: 'remove-teacher', group: found.id, email: teacher.email },
                      say('classRemoved', teacher.name ?? teacher.email),
                    )
                  }
                >
                  {say('classRemove')}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {manages && (
        <form class="add-line" noValidate ref={form} onSubmit={add} aria-label={say('classAddTeacher')}>
          <Typed label={say('classTeacherEmail')} value={email} onType={setEmail} error={wrong.email} />
          <button type="submit" class="button">
            {say('classAddTeacher')}
          </button>
          {problem && (
            <p class="field-error" role="alert">
              {problem}
            </p>
          )}
        </form>
      )}
    </>
  );
}
