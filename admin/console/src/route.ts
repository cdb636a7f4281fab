import { signal } from '@preact/signals';
import type { InboxFilter } from './api.ts';

/** A page of the console, and its address: every page can be bookmarked, and Back goes back. */
export type Route =
  | { page: 'inbox'; filter: InboxFilter }
  | { page: 'item'; id: string }
  | { page: 'test' }
  | { page: 'seats' }
  | { page: 'password' }
  | { page: 'nowhere' };

/**
 * The pages that have a folder of their own in the build: a plain file server then answers at every address of the
 * console, also after a reload, and needs no rule for it.
 */
export const folders = ['item', 'test', 'seats', 'password'] as const;

export function routeOf(address: Pick<URL, 'pathname' | 'searchParams'>): Route {
  const path = address.pathname.replace(/^\/|\/$/g, '');
  const id = address.searchParams.get('id');
  if (path === '')
    return { page: 'inbox', filter: address.searchParams.get('state') === 'all' ? 'all' : 'new' };
  if (path === 'item' && id) return { page: 'item', id };
  if (path === 'test' || path === 'seats' || path === 'password') return { page: path };
  return { page: 'nowhere' };
}

export function addressOf(route: Exclude<Route, { page: 'nowhere' }>): string {
  switch (route.page) {
    case 'inbox':
      return route.filter === 'all' ? '/?state=all' : '/';
    case 'item':
      return `/item?${new URLSearchParams({ id: route.id })}`;
    default:
      return `/${route.page}`;
  }
}

export const route = signal<Route>({ page: 'nowhere' });

/** Follows the address bar: call once. */
export function followAddress(): void {
  const read = () => {
    route.value = routeOf(new URL(location.href));
  };
  addEventListener('popstate', read);
  read();
}

export function goTo(address: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', address);
  else history.replaceState(null, '', address);
  route.value = routeOf(new URL(location.href));
}

/** A plain click on a link of ours stays in the page; Ctrl, middle and the rest stay the browser's. */
export function followLink(event: MouseEvent): void {
  const link = event.currentTarget as HTMLAnchorElement;
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  goTo(link.pathname + link.search);
}
