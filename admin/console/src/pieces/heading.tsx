import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useTitle } from '../title.ts';

/** The page's one heading. It takes the focus when the page changes, so that a screen reader says where one is. */
export function Heading({
  title,
  tab = title,
  waiting = 0,
  quiet = false,
  children,
}: {
  title: string;
  /** The title of the browser tab, where it must say less than the page. */
  tab?: string;
  waiting?: number;
  /** Something else on the page takes the focus. */
  quiet?: boolean;
  children?: ComponentChildren;
}) {
  useTitle(tab, waiting);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!quiet) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header class="heading">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </header>
  );
}
