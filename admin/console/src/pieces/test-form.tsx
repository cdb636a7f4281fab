import { useId, useRef, useState } from 'preact/hooks';
import { type Stage, stages } from '../../../../rules/stages.ts';
import type { TestAsked, TestChoices } from '../../../console-wire.ts';
import { say } from '../words.ts';

type TestFormProps = {
  groups: TestChoices['groups'];
  /** The class to begin with. */
  chosen: TestChoices['groups'][number] | null;
  /** A lesson led here, so an adult is there. */
  isLed: boolean;
  busy: boolean;
  /** What is wrong with the address, as a sentence. */
  error: string | null;
  onTest: (asked: TestAsked) => void;
};

/** Which address, and who asks: a group brings its stage. */
export function TestForm({ groups, chosen, isLed, busy, error, onTest }: TestFormProps) {
  const id = useId();
  const address = useRef<HTMLInputElement>(null);
  const [stage, setStage] = useState<Stage>(chosen?.stage ?? 'KS2');
  const [group, setGroup] = useState<string | null>(chosen?.id ?? null);
  const [adult, setAdult] = useState(isLed);
  const [when, setWhen] = useState('');
  const [missing, setMissing] = useState(false);
  const wrong = missing ? say('testAddressMissing') : error;

  function choose(wanted: string): void {
    const found = groups.find((one) => one.id === wanted);
    setGroup(found?.id ?? null);
    if (found) setStage(found.stage);
  }

  function submit(event: Event): void {
    event.preventDefault();
    const written = address.current?.value.trim() ?? '';
    setMissing(written === '');
    if (written === '') address.current?.focus();
    else if (!busy)
      onTest({
        address: written,
        stage,
        group,
        adult,
        at: when === '' ? null : new Date(when).toISOString(),
      });
  }

  return (
    <form class="test-form" onSubmit={submit} noValidate>
      <div class={wrong ? 'field field-wrong test-address' : 'field test-address'}>
        <label for={`${id}-address`}>{say('testAddress')}</label>
        <div class="field-box">
          <input
            id={`${id}-address`}
            ref={address}
            type="text"
            inputMode="url"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            {...(wrong ? { 'aria-invalid': true, 'aria-describedby': `${id}-error` } : {})}
          />
        </div>
        {wrong && (
          <p class="field-error" id={`${id}-error`}>
            {wrong}
          </p>
        )}
      </div>
      <div class="field">
        <label for={`${id}-group`}>{say('testGroup')}</label>
        <div class="field-box">
          <select
            id={`${id}-group`}
            value={group ?? ''}
            onChange={(event) => choose(event.currentTarget.value)}
          >
            <option value="">{say('testGroupNone')}</option>
            {groups.map(({ id: each, name }) => (
              <option key={each} value={each}>
                {name}
              </option>
            ))}
          </select>
        </div>
      </div>
      <div class="field">
        <label for={`${id}-stage`}>{say('testStage')}</label>
        <div class="field-box">
          <select
            id={`${id}-stage`}
            value={stage}
            onChange={(event) => {
              setStage(event.currentTarget.value as Stage);
              // No group is of two stages.
              setGroup(null);
            }}
          >
            {stages.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </div>
      </div>
      <fieldset class="field choice">
        <legend>{say('testAdult')}</legend>
        <div class="choice-box">
          {[false, true].map((there) => (
            <label key={String(there)}>
              <input
                type="radio"
                name={`${id}-adult`}
                checked={adult === there}
                onChange={() => setAdult(there)}
              />
              <span>{there ? say('testSupervised') : say('testAlone')}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div class="field">
        <label for={`${id}-when`}>
          {say('testWhen')} <span class="hint">{say('testWhenHint')}</span>
        </label>
        <div class="field-box">
          <input
            id={`${id}-when`}
            type="datetime-local"
            value={when}
            onInput={(event) => setWhen(event.currentTarget.value)}
          />
        </div>
      </div>
      <button type="submit" class="button main test-act" aria-disabled={busy}>
        {busy ? say('testing') : say('testAct')}
      </button>
    </form>
  );
}
