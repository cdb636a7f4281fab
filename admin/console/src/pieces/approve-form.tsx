import { useState } from 'preact/hooks';
import { isPupil, stages } from '../../../../rules/stage-names.ts';
import type { ApprovalKind } from '../../../approvals/wire.ts';
import {
  approvalKinds,
  type Missing,
  needsConsent,
  saysFor,
  type Typed as TypedForKind,
} from '../approvals.ts';
import { wholeDays } from '../ends.ts';
import { useFirstWrong } from '../first-wrong.ts';
import { useHouse } from '../house.ts';
import { openingsApi } from '../openings.ts';
import { say } from '../words.ts';
import { Choice } from './choice.tsx';
import { problemWords } from './problem.tsx';
import { Ticks } from './ticks.tsx';
import { Typed } from './typed.tsx';

const nothing: TypedForKind = {
  watchedAll: false,
  lesson: '',
  learningPurpose: '',
  risk: '',
  leastAge: '13',
};
type Wrong = Missing & { entry?: string; title?: string; reason?: string; whom?: string };

/** Puts a site on the list; what is asked for follows the kind of site. */
export function ApproveForm({
  classes,
  onApproved,
}: {
  classes: readonly { id: string; name: string }[];
  onApproved: (title: string, kind: ApprovalKind) => void;
}) {
  const { api } = useHouse();
  const [kind, setKind] = useState<ApprovalKind>('site');
  const [entry, setEntry] = useState('');
  const [title, setTitle] = useState('');
  const [reason, setReason] = useState('');
  const [whom, setWhom] = useState<string[]>([]);
  const [groups, setGroups] = useState<string[]>([]);
  const [last, setLast] = useState('');
  const [typed, setTyped] = useState(nothing);
  const [wrong, setWrong] = useState<Wrong>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useFirstWrong(wrong);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (busy) return;
    const says = saysFor(kind, typed);
    const missing = says.ok ? {} : says.missing;
    const found: Wrong = {
      ...(entry.trim() ? {} : { entry: say('approvalsEntryMissing') }),
      ...(title.trim() ? {} : { title: say('approvalsTitleMissing') }),
      ...(reason.trim().length >= 5 ? {} : { reason: say('approvalsReasonMissing') }),
      ...(whom.length + groups.length > 0 ? {} : { whom: say('approvalsWhomMissing') }),
      ...Object.fromEntries(Object.entries(missing).map(([field, key]) => [field, say(key)])),
    };
    setWrong(found);
    setProblem(null);
    if (!says.ok || Object.keys(found).length > 0) return;
    setBusy(true);
    const answer = await openingsApi(api).approve({
      entry: entry.trim().replace(/^https?:\/\//i, kind === 'video' ? 'https://' : ''),
      title: title.trim(),
      reason: reason.trim(),
      stages: stages.filter((stage) => whom.includes(stage)),
      groups,
      ...(last ? { endsAt: wholeDays(last, last).endsAt } : {}),
      says: says.says,
    });
    setBusy(false);
    if (answer.ok) onApproved(title.trim(), kind);
    else setProblem(problemWords(answer.code, answer.message));
  }

  return (
    <form
      class="side-form wide-form"
      noValidate
      ref={form}
      onSubmit={submit}
      aria-label={say('approvalsAdd')}
    >
      <Choice
        label={say('approvalsKind')}
        name="kind"
        value={kind}
        options={approvalKinds.map((one) => ({ value: one, word: say(`approvalsKind_${one}`) }))}
        onChoose={(chosen) => setKind(chosen as ApprovalKind)}
      />
      {needsConsent(kind) && <p class="warning">{say('approvalsNeedsConsent')}</p>}
      <Typed
        label={say(kind === 'video' ? 'approvalsVideo' : 'approvalsEntry')}
        hint={say(kind === 'video' ? 'approvalsVideoHint' : 'approvalsEntryHint')}
        value={entry}
        onType={setEntry}
        error={wrong.entry}
      />
      <Typed label={say('approvalsTitleField')} value={title} onType={setTitle} error={wrong.title} />
      <Typed label={say('approvalsReason')} rows={2} value={reason} onType={setReason} error={wrong.reason} />
      <ForKind kind={kind} typed={typed} setTyped={setTyped} wrong={wrong} />
      <Ticks
        legend={say('approvalsStages')}
        name="stages"
        options={stages.filter(isPupil).map((stage) => ({ value: stage, word: stage }))}
        chosen={whom}
        onChoose={setWhom}
        error={wrong.whom}
      />
      {classes.length > 0 && (
        <Ticks
          legend={say('approvalsGroups')}
          name="groups"
          options={classes.map(({ id, name }) => ({ value: id, word: name }))}
          chosen={groups}
          onChoose={setGroups}
        />
      )}
      <Typed
        label={say('approvalsLast')}
        hint={say('approvalsLastHint')}
        type="date"
        value={last}
        onType={setLast}
      />
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" class="button main" aria-disabled={busy}>
        {say(needsConsent(kind) ? 'approvalsAskConsent' : 'approvalsApprove')}
      </button>
    </form>
  );
}

/** The fields that one kind of site has more than the others. */
function ForKind({
  kind,
  typed,
  setTyped,
  wrong,
}: {
  kind: ApprovalKind;
  typed: TypedForKind;
  setTyped: (typed: TypedForKind) => void;
  wrong: Wrong;
}) {
  if (kind === 'site') return null;
  if (kind === 'video')
    return (
      <>
        <div class={wrong.watchedAll ? 'field field-wrong' : 'field'}>
          <label class="tick-line">
            <input
              type="checkbox"
              name="watched"
              checked={typed.watchedAll}
              onChange={(event) => setTyped({ ...typed, watchedAll: event.currentTarget.checked })}
            />
            <span>{say('approvalsWatched')}</span>
          </label>
          {wrong.watchedAll && <p class="field-error">{wrong.watchedAll}</p>}
        </div>
        <Typed
          label={say('approvalsLesson')}
          hint={say('approvalsLessonHint')}
          value={typed.lesson}
          onType={(lesson) => setTyped({ ...typed, lesson })}
          error={wrong.lesson}
        />
      </>
    );
  if (kind === 'game')
    return (
      <Typed
        label={say('approvalsPurpose')}
        rows={2}
        value={typed.learningPurpose}
        onType={(learningPurpose) => setTyped({ ...typed, learningPurpose })}
        error={wrong.learningPurpose}
      />
    );
  return (
    <>
      <Typed
        label={say('approvalsRisk')}
        hint={say('approvalsRiskHint')}
        rows={3}
        value={typed.risk}
        onType={(risk) => setTyped({ ...typed, risk })}
        error={wrong.risk}
      />
      <Typed
        label={say('approvalsAge')}
        type="number"
        min="0"
        max="21"
        value={typed.leastAge}
        onType={(leastAge) => setTyped({ ...typed, leastAge })}
        error={wrong.leastAge}
      />
    </>
  );
}
