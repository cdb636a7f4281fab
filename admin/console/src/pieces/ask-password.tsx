import { useRef } from 'preact/hooks';
import { PasswordField } from './fields.tsx';

type AskPasswordProps = {
  label: string;
  name: string;
  hint?: string;
  /** The button, by what it does. */
  act: string;
  look?: string;
  onTyped: (password: string) => void;
};

/** One's own password once more, before something that a passer-by must not do. Neither page nor browser keeps it. */
export function AskPassword({ act, look = 'button', onTyped, ...field }: AskPasswordProps) {
  const password = useRef<HTMLInputElement>(null);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onTyped(password.current?.value ?? '');
      }}
    >
      <PasswordField {...field} autocomplete="current-password" inputRef={password} />
      <button type="submit" class={look}>
        {act}
      </button>
    </form>
  );
}
