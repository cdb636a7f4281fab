import { useEffect } from 'preact/hooks';
import { counted, say } from './words.ts';

/** The browser tab's title; with a count, so that a tab in the background tells that something waits. */
export function useTitle(page: string, waiting = 0): void {
  useEffect(() => {
    document.title = waiting > 0 ? say('pageTitleWaiting', page, counted(waiting)) : say('pageTitle', page);
  }, [page, waiting]);
}
