import { X } from 'lucide-preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { isListFor } from '../../../../rules/list-for.ts';
import { isEarlyYears } from '../../../../rules/stages.ts';
import type { ClassCard, Classes, PastedSite } from '../../../lessons/wire.ts';
import { useHouse } from '../house.ts';
import { notDoneWords, opensNothingWords } from '../lessons.ts';
import { addressOf, goTo } from '../route.ts';
import { say } from '../words.ts';
import { wallTime } from './clock.tsx';
import { PasteSites } from './paste-sites.tsx';

const MINUTES = [15, 30, 45, 60, 90];

/** Another lesson than the last: what kind, which sites, until when. A dialog, complete by keyboard. */
export function LessonSetup({
  card,
  around,
  onClose,
}: {
  card: ClassCard;
  around: Classes;
  onClose: () => void;
}) {
  const { lessons } = useHouse();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [kind, setKind] = useState(card.last?.kind ?? card.kinds.at(-1) ?? 'directed');
  const [lists, setLists] = useState<ReadonlySet<string>>(new Set());
  const [bundles, setBundles] = useState<ReadonlySet<string>>(new Set());
  const [again, setAgain] = useState(false);
  const [sites, setSites] = useState<PastedSite[]>([]);
  const [endsAt, setEndsAt] = useState(card.endsAt);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);

  const now = lessons.now();
  const ends = [card.endsAt, ...MINUTES.map((minutes) => new Date(now + minutes * 60_000).toISOString())]
    .filter((end, at, all) => end <= card.latestEnd && all.findIndex((one) => sameMinute(one, end)) === at)
    .sort();
  const fitting = around.lists.filter((list) => isListFor(list, { stage: card.stage, groups: [card.id] }));
  const opensNothing =
    kind !== 'demonstration' &&
    kind !== 'supervised' &&
    !again &&
    lists.size + bundles.size + sites.length === 0;

  async function start(event: Event): Promise<void> {
    event.preventDefault();
    if (busy) return;
    if (opensNothing) {
      setProblem(opensNothingWords(card));
      return;
    }
    setBusy(true);
    const answer = await lessons.start({
      groups: [card.id],
      kind,
      endsAt,
      lists: [...lists],
      bundles: [...bundles],
      sites,
      ...(again && card.last ? { again: card.last.lesson } : {}),
    });
    setBusy(false);
    if (!answer.ok) {
      setProblem(notDoneWords({ change: 'start' }, answer.code, answer.message));
      return;
    }
    onClose();
    goTo(addressOf('lesson', { id: answer.value.id }));
  }

  return (
    <dialog ref={dialog} class="setup" aria-labelledby={`${id}-title`} onClose={onClose}>
      <form onSubmit={(event) => void start(event)}>
        <header class="setup-head">
          <h2 id={`${id}-title`}>{say('lessonSetUpTitle', card.name)}</h2>
          <button
            type="button"
            class="button quiet bare"
            aria-label={say('close')}
            onClick={() => dialog.current?.close()}
          >
            <X class="icon" size={18} aria-hidden="true" />
          </button>
        </header>
        <div class="setup-body">
          <fieldset class="setup-part">
            <legend>{say('whatKind')}</legend>
            {card.kinds.map((one) => (
              <label key={one} class="option">
                <input
                  type="radio"
                  name={`${id}-kind`}
                  checked={kind === one}
                  onChange={() => setKind(one)}
                />
                <span>
                  <strong>{say(`kind_${one.replaceAll('-', '_')}`)}</strong>
                  <span class="hint">{say(`kind_says_${one.replaceAll('-', '_')}`)}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <fieldset class="setup-part setup-sites">
            <legend>{say('whichSites')}</legend>
            <div class="setup-lists">
              {card.last && (
                <Tick checked={again} onChange={setAgain} title={say('againLast')} hint={card.last.title} />
              )}
              {fitting.map(({ id: list, title, sites: { length } }) => (
                <Tick
                  key={list}
                  checked={lists.has(list)}
                  onChange={(on) => setLists(withOr(lists, list, on))}
                  title={title}
                  hint={say('sitesCount', String(length))}
                />
              ))}
              {around.bundles.map(({ id: bundle, title }) => (
                <Tick
                  key={bundle}
                  checked={bundles.has(bundle)}
                  onChange={(on) => setBundles(withOr(bundles, bundle, on))}
                  title={title}
                />
              ))}
            </div>
            {around.mayPaste && (
              <PasteSites young={isEarlyYears(card.stage)} sites={sites} onChange={setSites} />
            )}
          </fieldset>
          <fieldset class="setup-part">
            <legend>{say('lessonUntilWhen')}</legend>
            <div class="choice-box ends">
              {ends.map((end) => (
                <label key={end}>
                  <input
                    type="radio"
                    name={`${id}-end`}
                    checked={endsAt === end}
                    onChange={() => setEndsAt(end)}
                  />
                  <span>{wallTime(end, around.timeZone)}</span>
                </label>
              ))}
            </div>
          </fieldset>
        </div>
        <footer class="setup-foot">
          <p class="field-error" role="alert">
            {problem}
          </p>
          <button type="submit" class="button main" aria-disabled={busy}>
            {say('startUntil', wallTime(endsAt, around.timeZone))}
          </button>
        </footer>
      </form>
    </dialog>
  );
}

const sameMinute = (one: string, other: string): boolean => one.slice(0, 16) === other.slice(0, 16);

function withOr(set: ReadonlySet<string>, id: string, on: boolean): ReadonlySet<string> {
  const next = new Set(set);
  if (on) next.add(id);
  else next.delete(id);
  return next;
}

const Tick = ({
  checked,
  onChange,
  title,
  hint,
}: {
  checked: boolean;
  onChange: (on: boolean) => void;
  title: string;
  hint?: string;
}) => (
  <label class="option">
    <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
    <span>
      {title}
      {hint && <span class="hint">{hint}</span>}
    </span>
  </label>
);
