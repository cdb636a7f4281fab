import { useEffect, useRef } from 'preact/hooks';

/** A form whose first wrong field takes the focus whenever something new is found wrong. */
export function useFirstWrong(wrong: object) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current
      ?.querySelector<HTMLElement>('.field-wrong input, .field-wrong textarea, .field-wrong select')
      ?.focus();
  }, [wrong]);
  return form;
}
