import { useEffect } from 'preact/hooks';

/**
 * While it stands on the page, nobody leaves without being asked: what is shown there is not shown again. The browser
 * asks with its own words before it closes the page or loads another; `words` are for our own links.
 */
export function useAskBeforeLeaving(words: string): void {
  useEffect(() => {
    const unload = (event: BeforeUnloadEvent) => event.preventDefault();
    const follow = (event: MouseEvent) => {
      if (!(event.target as HTMLElement).closest('a[href]') || confirm(words)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener('beforeunload', unload);
    addEventListener('click', follow, true);
    return () => {
      removeEventListener('beforeunload', unload);
      removeEventListener('click', follow, true);
    };
  }, [words]);
}
