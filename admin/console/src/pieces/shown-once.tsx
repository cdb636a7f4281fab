import { Printer, X } from 'lucide-preact';
import { useEffect, useRef } from 'preact/hooks';
import { say } from '../words.ts';

/** A code that is shown once, to be given by hand or printed. It takes the focus, so that nobody misses it. */
export function ShownOnce({
  title,
  text,
  code,
  onClose,
}: {
  title: string;
  text: string;
  code: string;
  onClose: () => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [code]);
  return (
    <section class="shown-once to-print" aria-label={title}>
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <p class="shown-code shown-code-large">{code}</p>
      <p class="soft">{text}</p>
      <p class="shown-acts not-printed">
        <button type="button" class="button" onClick={() => print()}>
          <Printer class="icon" size={16} aria-hidden="true" />
          {say('print')}
        </button>
        <button type="button" class="button quiet" onClick={onClose}>
          <X class="icon" size={16} aria-hidden="true" />
          {say('shownOnceDone')}
        </button>
      </p>
    </section>
  );
}
