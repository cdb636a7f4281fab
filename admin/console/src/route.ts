import { signal } from '@preact/signals';

/**
 * Where one is: the page's path as `pages.tsx` names it (`''` is the start: the first page of one's role), and what
 * its address asks. Every page can be bookmarked, and Back goes back.
 */
export type Route = { page: string; search: URLSearchParams };

export function routeOf({ pathname, search }: Pick<URL, 'pathname' | 'search'>): Route {
  return { page: pathname.replace(/^\/|\/$/g, ''), search: new URLSearchParams(search) };
}

/** The address of a page, such as `addressOf('item', { id })`. */
export function addressOf(page: string, search: Record<string, string> = {}): string {
  const asked = new URLSearchParams(search).toString();
  return asked ? `/${page}?${asked}` : `/${page}`;
}

export const route = signal<Route>({ page: '', search: new URLSearchParams() });

/** Follows the address bar: call once. */
export function followAddress(): void {
  const read = () => {
    route.value = routeOf(location);
  };
  addEventListener('popstate', read);
  read();
}

export function goTo(address: string, how: 'push' | 'replace' = 'push'): void {
  const { pathname } = location;
  if (how === 'push') history.pushState(null, '', address);
  else history.replaceState(null, '', address);
  route.value = routeOf(location);
  // Another page begins at its top, as one that the browser loads does.
  if (location.pathname !== pathname) scrollTo(0, 0);
}

/** A plain click on a link of ours stays in the page; Ctrl, middle and the rest stay the browser's. */
export function followLink(event: MouseEvent): void {
  const link = event.currentTarget as HTMLAnchorElement;
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  goTo(link.pathname + link.search);
}
