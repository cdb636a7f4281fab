import { useState } from 'preact/hooks';
import { type CategoryId, categories, categoryIds } from '../../../../rules/category-table.ts';
import type { SetNeed } from '../../../groups/wire.ts';
import { classesApi } from '../classes.ts';
import { dayAhead } from '../ends.ts';
import { useFirstWrong } from '../first-wrong.ts';
import { useHouse, useMe } from '../house.ts';
import { now } from '../now.ts';
import { sitesIn } from '../openings.ts';
import { say } from '../words.ts';
import { Choice } from './choice.tsx';
import { OneOf } from './one-of.tsx';
import { problemWords } from './problem.tsx';
import { Ticks } from './ticks.tsx';
import { Typed } from './typed.tsx';

type Access = '' | 'closed' | 'approved' | 'filtered';
const accesses: readonly Access[] = ['', 'closed', 'approved', 'filtered'];

/** An individual need (FIELD N1): what is stricter or wider for this pupil, agreed with whom, looked at again when. */
export function PupilNeed({
  account,
  done,
  leave,
}: {
  account: string;
  done: () => void;
  leave: () => void;
}) {
  const { api } = useHouse();
  const me = useMe();
  const [direction, setDirection] = useState<SetNeed['direction']>('stricter');
  const [chosen, setChosen] = useState<string[]>([]);
  const [sites, setSites] = useState('');
  const [alone, setAlone] = useState<Access>('');
  const [supervised, setSupervised] = useState<Access>('');
  const [reason, setReason] = useState('');
  const [reviewer, setReviewer] = useState(me.name);
  const [reviewBy, setReviewBy] = useState(dayAhead(now.value, 90));
  const [wrong, setWrong] = useState<{ sites?: string; reason?: string; reviewer?: string }>({});
  const [problem, setProblem] = useState<string | null>(null);
  const form = useFirstWrong(wrong);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const saysNothing = chosen.length + sitesIn(sites).length === 0 && !alone && !supervised;
    const missing = {
      ...(saysNothing ? { sites: say('careNeedMissing') } : {}),
      ...(reason.trim().length >= 3 ? {} : { reason: say('careReasonMissing') }),
      ...(reviewer.trim() ? {} : { reviewer: say('nameMissing') }),
    };
    setWrong(missing);
    setProblem(null);
    if (Object.keys(missing).length > 0) return;
    const answer = await classesApi(api).setNeed({
      account,
      direction,
      ...(chosen.length > 0 ? { categories: chosen as CategoryId[] } : {}),
      ...(sitesIn(sites).length > 0 ? { entries: sitesIn(sites).map((entry) => ({ entry })) } : {}),
      ...(alone || supervised
        ? { access: { ...(alone ? { alone } : {}), ...(supervised ? { supervised } : {}) } }
        : {}),
      reason: reason.trim(),
      reviewer: reviewer.trim(),
      reviewBy,
    });
    if (answer.ok) done();
    else setProblem(problemWords(answer.code, answer.message));
  }

  const accessChoices = accesses.map((value) => ({
    value,
    word: say(value === '' ? 'careAsStage' : `careAccess_${value}`),
  }));
  return (
    <form class="care-form" noValidate ref={form} onSubmit={submit} aria-label={say('careAddNeed')}>
      <OneOf
        legend={say('careDirection')}
        options={[
          { value: 'stricter', word: say('careStricter') },
          { value: 'wider', word: say('careWider') },
        ]}
        chosen={direction}
        onChoose={setDirection}
      />
      <Typed
        label={say(direction === 'wider' ? 'careSitesOpen' : 'careSitesClosed')}
        rows={2}
        value={sites}
        onType={setSites}
        error={wrong.sites}
      />
      <Ticks
        legend={say(direction === 'wider' ? 'careCategoriesOpen' : 'careCategoriesClosed')}
        name="categories"
        options={categoryIds
          .filter((id) => categories[id].class !== 'illegal')
          .map((id) => ({ value: id, word: categories[id].title }))}
        chosen={chosen}
        onChoose={setChosen}
        wide
      />
      <div class="two-fields">
        <Choice
          label={say('careAlone')}
          value={alone}
          options={accessChoices}
          onChoose={(value) => setAlone(value as Access)}
        />
        <Choice
          label={say('careSupervised')}
          value={supervised}
          options={accessChoices}
          onChoose={(value) => setSupervised(value as Access)}
        />
      </div>
      <Typed
        label={say('careReason')}
        hint={say('careNeedReasonHint')}
        value={reason}
        onType={setReason}
        error={wrong.reason}
      />
      <div class="two-fields">
        <Typed label={say('careReviewer')} value={reviewer} onType={setReviewer} error={wrong.reviewer} />
        <Typed
          label={say('careReviewBy')}
          type="date"
          value={reviewBy}
          onType={setReviewBy}
          min={dayAhead(now.value, 1)}
        />
      </div>
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <p class="acts">
        <button type="submit" class="button main">
          {say('careSetNeed')}
        </button>
        <button type="button" class="button quiet" onClick={leave}>
          {say('leaveIt')}
        </button>
      </p>
    </form>
  );
}
