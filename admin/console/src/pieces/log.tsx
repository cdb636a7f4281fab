import type { RefObject } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { InboxItem } from '../../../console-wire.ts';
import { actWords } from '../item-words.ts';
import { say } from '../words.ts';
import { When } from './when.tsx';

/** Who did what, oldest first, and the box to add to it. Nothing in it can be changed. */
export function Log({
  item,
  box,
  note,
}: {
  item: InboxItem;
  box: RefObject<HTMLTextAreaElement>;
  note: (text: string) => Promise<boolean>;
}) {
  const id = useId();
  const [missing, setMissing] = useState(false);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const text = box.current?.value.trim() ?? '';
    setMissing(text === '');
    if (text === '') return box.current?.focus();
    if ((await note(text)) && box.current) box.current.value = '';
  }

  return (
    <section class="log" aria-labelledby="log-title">
      <h2 id="log-title">{say('logTitle')}</h2>
      <ol>
        <li>
          <p>
            <span>{say('act_received')}</span> <When at={item.receivedAt} />
          </p>
        </li>
        {item.log.map((line) => (
          <li key={`${line.at}${line.act}`}>
            <p>
              <span>{actWords(say, line)}</span> <When at={line.at} />
            </p>
            {line.note && <blockquote>{line.note}</blockquote>}
          </li>
        ))}
      </ol>
      <form onSubmit={submit} noValidate>
        <label for={id}>{say('noteLabel')}</label>
        <p class="hint" id={`${id}-hint`}>
          {say('noteHint')}
        </p>
        {missing && (
          <p class="field-error" id={`${id}-error`}>
            {say('noteMissing')}
          </p>
        )}
        <textarea
          id={id}
          ref={box}
          rows={3}
          maxLength={4000}
          {...(missing ? { 'aria-invalid': true } : {})}
          aria-describedby={missing ? `${id}-hint ${id}-error` : `${id}-hint`}
        />
        <button type="submit" class="button small">
          {say('addNote')}
        </button>
      </form>
    </section>
  );
}
