import { useEffect, useId, useRef } from 'preact/hooks';
import { Button } from '../button/Button.tsx';
import { useWords } from '../words.tsx';

/** As long as the wire takes it (`RequestEvent.why`). */
const LONGEST_WHY = 200;

type AskFormProps = { onAsk: (why: string) => void; onLeave: () => void };

/** "Please may I …": one line of why, which may stay empty. Escape leaves. */
export function AskForm({ onAsk, onLeave }: AskFormProps) {
  const words = useWords();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      class="ask"
      onSubmit={(event) => {
        event.preventDefault();
        onAsk(field.current?.value.trim() ?? '');
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onLeave();
      }}
    >
      <label for={id}>
        {words('ask_why')} <span>{words('ask_why_hint')}</span>
      </label>
      <input id={id} ref={field} type="text" maxLength={LONGEST_WHY} autoComplete="off" />
      <div class="page-acts">
        <Button type="submit">{words('ask_send')}</Button>
        <Button look="quiet" onPress={onLeave}>
          {words('ask_leave')}
        </Button>
      </div>
    </form>
  );
}
