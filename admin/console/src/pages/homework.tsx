import { House, Plus } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { isListFor } from '../../../../rules/list-for.ts';
import { isEarlyYears } from '../../../../rules/stage-names.ts';
import type { ClassCard, Classes } from '../../../lessons/wire.ts';
import { announce } from '../announce.ts';
import { dayAhead, momentWords, wholeDays } from '../ends.ts';
import { useFirstWrong } from '../first-wrong.ts';
import { useHouse, useMe } from '../house.ts';
import { namesAndMore } from '../lessons.ts';
import { now } from '../now.ts';
import { openingsApi, sitesIn } from '../openings.ts';
import { EndsEarly } from '../pieces/ends-early.tsx';
import { Heading } from '../pieces/heading.tsx';
import { NetworkClosed } from '../pieces/network-closed.tsx';
import { OneOf } from '../pieces/one-of.tsx';
import { Problem, problemWords } from '../pieces/problem.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { Ticks } from '../pieces/ticks.tsx';
import { Typed } from '../pieces/typed.tsx';
import { useClasses, useReading } from '../reading.ts';
import { say } from '../words.ts';

/** What may pupils open at home, for which task, until when? */
export function HomeworkPage() {
  const { api, lessons } = useHouse();
  const me = useMe();
  const openings = openingsApi(api);
  const read = useReading('homework', openings.homework);
  useClasses(lessons);
  const [isSetting, setIsSetting] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const around = lessons.classes.value;
  const nameOf = (id: string) => around?.classes.find((one) => one.id === id)?.name ?? id;
  const homework = read.value?.homework;

  function done(words: string): void {
    setSaid(words);
    announce(words);
    read.again();
  }

  return (
    <section class="openings">
      <Heading title={say('homeworkTitle')}>
        <button
          type="button"
          class="button main heading-act"
          aria-expanded={isSetting}
          onClick={() => setIsSetting(!isSetting)}
        >
          <Plus class="icon" size={16} aria-hidden="true" />
          {say('homeworkSet')}
        </button>
      </Heading>
      {read.problem && <Problem code={read.problem} again={read.again} />}
      {said && <p class="good">{said}</p>}
      {isSetting && around && (
        <SetForm
          around={around}
          onSet={(task) => {
            setIsSetting(false);
            done(say('homeworkIsSet', task));
          }}
        />
      )}
      {!homework && !read.problem && <Skeleton lines={5} />}
      {homework && homework.length === 0 && !isSetting && (
        <div class="empty">
          <House class="empty-picture" size={28} aria-hidden="true" />
          <h2>{say('homeworkEmptyTitle')}</h2>
          <p>{say('homeworkEmptyText')}</p>
        </div>
      )}
      {homework && homework.length > 0 && (
        <ul class="thing-list">
          {homework
            .toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due))
            .map((one) => (
              <li key={one.id} class="thing">
                <div class="thing-head">
                  <h2 class="thing-title">{one.task}</h2>
                  <p class="thing-until">
                    <strong>{one.groups.map(nameOf).join(', ')}</strong>{' '}
                    {say('homeworkDue', momentWords(one.due, now.value))}
                  </p>
                </div>
                <p>
                  {say(one.opens === 'supervised' ? 'homeworkOpensWeb' : 'homeworkOpensList')}{' '}
                  {sitesOf(one.entries)}
                </p>
                <p class="soft">{one.mine ? say('homeworkByYou') : say('homeworkBy', one.by)}</p>
                {one.networkClosed && <NetworkClosed closed={one.networkClosed} />}
                {(one.mine || me.role !== 'teacher') && (
                  <EndsEarly
                    act={say('homeworkEnd')}
                    label={say('homeworkEndLabel', one.task)}
                    says={say('homeworkEndSays', one.groups.map(nameOf).join(', '))}
                    end={async () => {
                      const answer = await openings.endHomework(one.id);
                      if (answer.ok) done(say('homeworkEnded', one.task));
                      return answer;
                    }}
                  />
                )}
              </li>
            ))}
        </ul>
      )}
    </section>
  );
}

const SHOWN = 6;

/** The first sites by their names, and how many more. */
const sitesOf = (entries: readonly { entry: string; title?: string | undefined }[]): string =>
  namesAndMore(
    entries.map(({ entry, title }) => title ?? entry),
    SHOWN,
  );

function SetForm({ around, onSet }: { around: Classes; onSet: (task: string) => void }) {
  const { api } = useHouse();
  // At EYFS and KS1 the web opens in a lesson only (FIELD A5).
  const classes = around.classes.filter(({ stage }) => !isEarlyYears(stage));
  const own = classes.filter(({ mine }) => mine);
  const [groups, setGroups] = useState<string[]>([]);
  const chosen = classes.filter(({ id }) => groups.includes(id));
  // A list must be for each of them, or the endpoint refuses it.
  const fitting = around.lists.filter((list) => {
    const fits = ({ stage, id }: ClassCard) => isListFor(list, { stage, groups: [id] });
    return chosen.length > 0 ? chosen.every(fits) : classes.some(fits);
  });
  const [task, setTask] = useState('');
  const [lists, setLists] = useState<string[]>([]);
  const [sites, setSites] = useState('');
  const [opens, setOpens] = useState<'list' | 'supervised'>('list');
  const [due, setDue] = useState(dayAhead(now.value, 7));
  const [wrong, setWrong] = useState<{ groups?: string; task?: string; sites?: string; due?: string }>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useFirstWrong(wrong);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (busy) return;
    const found = {
      ...(groups.length > 0 ? {} : { groups: say('homeworkGroupsMissing') }),
      ...(task.trim().length >= 3 ? {} : { task: say('homeworkTaskMissing') }),
      ...(lists.length + sitesIn(sites).length > 0 ? {} : { sites: say('homeworkSitesMissing') }),
      ...(due >= dayAhead(now.value, 0) ? {} : { due: say('homeworkDueMissing') }),
    };
    setWrong(found);
    setProblem(null);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    const answer = await openingsApi(api).setHomework({
      groups,
      task: task.trim(),
      lists: lists.filter((id) => fitting.some((list) => list.id === id)),
      sites: sitesIn(sites).map((entry) => ({ entry })),
      opens,
      due: wholeDays(due, due).endsAt,
    });
    setBusy(false);
    if (answer.ok) onSet(task.trim());
    else setProblem(problemWords(answer.code, answer.message));
  }

  return (
    <form class="side-form wide-form" noValidate ref={form} onSubmit={submit} aria-label={say('homeworkSet')}>
      <p class="soft form-lead">{say('homeworkText')}</p>
      <Ticks
        legend={say('homeworkGroups')}
        name="groups"
        options={[...own, ...classes.filter((one) => !own.includes(one))].map(({ id, name }) => ({
          value: id,
          word: name,
        }))}
        chosen={groups}
        onChoose={setGroups}
        error={wrong.groups}
      />
      <Typed label={say('homeworkTask')} value={task} onType={setTask} error={wrong.task} />
      {fitting.length > 0 && (
        <Ticks
          legend={say('homeworkLists')}
          name="lists"
          options={fitting.map(({ id, title }) => ({ value: id, word: title }))}
          wide
          chosen={lists}
          onChoose={setLists}
        />
      )}
      <Typed label={say('homeworkSitesField')} rows={3} value={sites} onType={setSites} error={wrong.sites} />
      <OneOf
        legend={say('homeworkOpens')}
        options={[
          { value: 'list', word: say('homeworkList') },
          { value: 'supervised', word: say('homeworkWeb') },
        ]}
        chosen={opens}
        onChoose={setOpens}
      />
      <Typed
        label={say('homeworkDueField')}
        type="date"
        value={due}
        onType={setDue}
        min={dayAhead(now.value, 0)}
        error={wrong.due}
      />
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" class="button main" aria-disabled={busy}>
        {say('homeworkSetAct')}
      </button>
    </form>
  );
}
