import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useWords, type Words } from '../words.tsx';
import type { Coded } from './why.ts';
import '../button/button.css';
import './code.css';

/** As long as the wire takes it (`JoinRequest.code`). */
const LONGEST_CODE = 20;

type CodeEntryProps = { onCode: (code: string) => void; coded?: Coded | undefined };

/**
 * The lesson's code, for the adult who stands beside this one computer (issue 4.7). Small print at any age, because it
 * is not for the child; what became of it is said plainly.
 */
export function CodeEntry({ onCode, coded }: CodeEntryProps) {
  const words = useWords();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typing, setTyping] = useState(false);
  useEffect(() => {
    if (typing) field.current?.focus();
  }, [typing]);
  if (coded === 'joined')
    return (
      <p class="code print" role="status">
        {words('code_joined')}
      </p>
    );
  if (!typing)
    return (
      <p class="code print">
        <button type="button" class="link-button" onClick={() => setTyping(true)}>
          {words('code')}
        </button>
      </p>
    );
  return (
    <form
      class="code print"
      onSubmit={(event) => {
        event.preventDefault();
        const code = field.current?.value.trim() ?? '';
        if (code && coded !== 'asking') onCode(code);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setTyping(false);
      }}
    >
      <label for={id}>{words('code_label')}</label>
      <input id={id} ref={field} type="text" maxLength={LONGEST_CODE} autoComplete="off" spellcheck={false} />
      <button type="submit" class="link-button">
        {words('code_open')}
      </button>
      <span role="status">{coded && saidOfCode(coded, words)}</span>
    </form>
  );
}

function saidOfCode(coded: Exclude<Coded, 'joined'>, words: Words): string {
  if (coded === 'asking') return words('code_asking');
  if (coded === 'wrong') return words('code_wrong');
  if (coded === 'unreachable') return words('code_unreachable');
  const { waitSeconds } = coded;
  return waitSeconds < 90
    ? words('code_wait_seconds', String(waitSeconds))
    : words('code_wait_minutes', String(Math.ceil(waitSeconds / 60)));
}
