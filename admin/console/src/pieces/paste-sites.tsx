import { X } from 'lucide-preact';
import { useId, useState } from 'preact/hooks';
import { readPastedEntry } from '../../../lessons/pasted-entry.ts';
import type { PastedSite } from '../../../lessons/wire.ts';
import { wrongWith } from '../pasted.ts';
import { say } from '../words.ts';

type PasteProps = {
  /** EYFS and KS1: each address is an act of approval (FIELD A1). */
  young: boolean;
  sites: PastedSite[];
  onChange: (sites: PastedSite[]) => void;
};

/** Addresses that stand on no list: pasted, for this lesson. At KS1 the adult has looked, and says what it is for. */
export function PasteSites({ young, sites, onChange }: PasteProps) {
  const id = useId();
  const [entry, setEntry] = useState('');
  const [looked, setLooked] = useState(false);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  function add(): void {
    const read = readPastedEntry(entry.trim().replace(/^https?:\/\//i, ''), young);
    const wrong = wrongWith(read, { entry, young, looked, reason });
    setProblem(wrong);
    if (wrong !== null || !read.ok) return;
    onChange([...sites, { entry: read.entry, ...(young ? { looked: true, reason: reason.trim() } : {}) }]);
    setEntry('');
    setLooked(false);
    setReason('');
  }

  const addButton = (
    <button type="button" class="button" onClick={add}>
      {say('pasteAdd')}
    </button>
  );
  return (
    <div class="paste" onFocusIn={showWhole}>
      <ul class="paste-list">
        {sites.map((site) => (
          <li key={site.entry}>
            <span class="code">{site.entry}</span>
            <button
              type="button"
              class="button quiet small bare"
              aria-label={say('pasteRemove', site.entry)}
              onClick={() => onChange(sites.filter((one) => one !== site))}
            >
              <X class="icon" size={14} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      <label for={`${id}-entry`}>{say('pasteLabel')}</label>
      <div class="paste-line">
        <input
          id={`${id}-entry`}
          type="text"
          inputMode="url"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          placeholder={young ? 'museum.example/dinosaurs' : 'museum.example'}
          value={entry}
          onInput={(event) => setEntry(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
          {...(problem ? { 'aria-invalid': true, 'aria-describedby': `${id}-error` } : {})}
        />
        {!young && addButton}
      </div>
      {young && (
        <>
          <label for={`${id}-reason`}>{say('pasteReason')}</label>
          <div class="paste-line">
            <input
              id={`${id}-reason`}
              type="text"
              value={reason}
              onInput={(event) => setReason(event.currentTarget.value)}
            />
          </div>
          <div class="paste-line">
            <label class="option">
              <input
                type="checkbox"
                checked={looked}
                onChange={(event) => setLooked(event.currentTarget.checked)}
              />
              <span>{say('pasteLooked')}</span>
            </label>
            {addButton}
          </div>
        </>
      )}
      <p class="field-error paste-problem" id={`${id}-error`} role="alert">
        {problem}
      </p>
    </div>
  );
}

/** For whoever comes by keyboard. A press must not move what it meets: the page would take its second half. */
const showWhole = ({ target, currentTarget }: FocusEvent & { currentTarget: HTMLElement }): void => {
  if ((target as HTMLElement).matches('button:focus-visible, input:focus-visible:not(:active)'))
    currentTarget.scrollIntoView({ block: 'nearest' });
};
