import { useState } from 'preact/hooks';
import { dayAhead, wholeDays } from '../ends.ts';
import { useFirstWrong } from '../first-wrong.ts';
import { useHouse } from '../house.ts';
import { now } from '../now.ts';
import { openingsApi, sitesIn } from '../openings.ts';
import { say } from '../words.ts';
import { Choice } from './choice.tsx';
import { problemWords } from './problem.tsx';
import { Typed } from './typed.tsx';

/** Asks for sites for one class and one period of study; the network manager decides. */
export function AskUnblock({
  classes,
  onAsked,
}: {
  classes: readonly { id: string; name: string }[];
  onAsked: () => void;
}) {
  const { api } = useHouse();
  const [group, setGroup] = useState(classes[0]?.id ?? '');
  const [sites, setSites] = useState('');
  const [reason, setReason] = useState('');
  const [from, setFrom] = useState(dayAhead(now.value, 0));
  const [to, setTo] = useState(dayAhead(now.value, 14));
  const [wrong, setWrong] = useState<{ sites?: string; reason?: string; to?: string }>({});
  const [problem, setProblem] = useState<string | null>(null);
  const form = useFirstWrong(wrong);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const found = {
      ...(sitesIn(sites).length > 0 ? {} : { sites: say('unblocksSitesMissing') }),
      ...(reason.trim().length >= 10 ? {} : { reason: say('unblocksReasonMissing') }),
      ...(from !== '' && to >= from ? {} : { to: say('unblocksToMissing') }),
    };
    setWrong(found);
    setProblem(null);
    if (Object.keys(found).length > 0) return;
    const asked = { group, sites: sitesIn(sites), reason: reason.trim(), ...wholeDays(from, to) };
    const answer = await openingsApi(api).askUnblock(asked);
    if (answer.ok) onAsked();
    else setProblem(problemWords(answer.code, answer.message));
  }

  return (
    <form class="side-form wide-form" noValidate ref={form} onSubmit={submit} aria-label={say('unblocksAsk')}>
      <p class="soft form-lead">{say('unblocksAskText')}</p>
      <Choice
        label={say('unblocksFor')}
        value={group}
        options={classes.map(({ id, name }) => ({ value: id, word: name }))}
        onChoose={setGroup}
      />
      <Typed
        label={say('unblocksSites')}
        hint={say('unblocksSitesHint')}
        rows={3}
        value={sites}
        onType={setSites}
        error={wrong.sites}
      />
      <Typed
        label={say('unblocksReason')}
        hint={say('unblocksReasonHint')}
        rows={2}
        value={reason}
        onType={setReason}
        error={wrong.reason}
      />
      <div class="two-fields">
        <Typed label={say('unblocksFrom')} type="date" value={from} onType={setFrom} />
        <Typed label={say('unblocksTo')} type="date" value={to} onType={setTo} min={from} error={wrong.to} />
      </div>
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" class="button main">
        {say('unblocksAskAct')}
      </button>
    </form>
  );
}
