import { useId, useRef, useState } from 'preact/hooks';
import type { DayPassList } from '../../../people/wire.ts';
import { useHouse } from '../house.ts';
import { now } from '../now.ts';
import { peopleApi } from '../people.ts';
import { clockTime, todayAt } from '../time-of-day.ts';
import { say } from '../words.ts';
import { Problem } from './problem.tsx';
import { TextField } from './text-field.tsx';

/** A named adult, these classes, until then. */
export function GivePass({
  groups,
  schoolEndsAt,
  onGiven,
}: Pick<DayPassList, 'groups' | 'schoolEndsAt'> & {
  onGiven: (given: { name: string; code: string; endsAt: string }) => void;
}) {
  const { api } = useHouse();
  const id = useId();
  const name = useRef<HTMLInputElement>(null);
  const until = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [wrong, setWrong] = useState<{ name?: string; groups?: string; until?: string }>({});
  const [problem, setProblem] = useState<string | null>(null);

  const toggle = (group: string) =>
    setChosen(chosen.includes(group) ? chosen.filter((one) => one !== group) : [...chosen, group]);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const typed = name.current?.value.trim() ?? '';
    const endsAt = todayAt(until.current?.value ?? '', new Date());
    const found = {
      ...(typed ? {} : { name: say('nameMissing') }),
      ...(chosen.length > 0 ? {} : { groups: say('passGroupsMissing') }),
      ...(endsAt.getTime() > now.value.getTime() ? {} : { until: say('passUntilMissing') }),
    };
    setWrong(found);
    setProblem(null);
    if (found.name) return name.current?.focus();
    if (found.groups) return form.querySelector<HTMLInputElement>('input[type=checkbox]')?.focus();
    if (found.until) return until.current?.focus();
    const pass = { name: typed, groups: [...chosen], endsAt: endsAt.toISOString() };
    const answer = await peopleApi(api).giveDayPass(pass);
    if (!answer.ok) return setProblem(answer.code);
    form.reset();
    setChosen([]);
    onGiven({ name: pass.name, endsAt: pass.endsAt, code: answer.value.code });
  }

  return (
    <form class="side-form pass-form" noValidate onSubmit={submit} aria-label={say('passGive')}>
      {problem && <Problem code={problem} />}
      <TextField label={say('passName')} name="pass-name" inputRef={name} error={wrong.name} />
      <fieldset class={wrong.groups ? 'field field-wrong' : 'field'}>
        <legend>{say('passGroups')}</legend>
        {wrong.groups && <p class="field-error">{wrong.groups}</p>}
        <div class="group-ticks">
          {groups.map((group) => (
            <label key={group.id} class="tick-line">
              <input
                type="checkbox"
                name="group"
                value={group.id}
                checked={chosen.includes(group.id)}
                onChange={() => toggle(group.id)}
              />
              <span>{group.name}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div class={wrong.until ? 'field field-wrong' : 'field'}>
        <label for={`${id}-until`}>{say('passUntilLabel')}</label>
        {wrong.until && (
          <p class="field-error" id={`${id}-until-error`}>
            {wrong.until}
          </p>
        )}
        <div class="field-box">
          <input
            id={`${id}-until`}
            type="time"
            name="until"
            ref={until}
            defaultValue={schoolEndsAt ? clockTime(schoolEndsAt) : ''}
            {...(wrong.until ? { 'aria-invalid': true, 'aria-describedby': `${id}-until-error` } : {})}
          />
        </div>
      </div>
      <button type="submit" class="button main">
        {say('passGiveAct')}
      </button>
    </form>
  );
}
