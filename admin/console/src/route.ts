import { signal } from '@preact/signals';
import type { InboxFilter } from './api.ts';

/** A page of the console, and its address: every page can be bookmarked, and Back goes back. */
export type Route =
  | { page: 'inbox'; filter: InboxFilter }
  | { page: 'item'; id: string }
  | { page: 'seats' }
  | { page: 'password' }
  | { page: 'nowhere' };

export function routeOf(address: Pick<URL, 'pathname' | 'searchParams'>): Route {
  const [first = '', second = '', ...rest] = address.pathname.split('/').filter(Boolean);
  if (rest.length > 0) return { page: 'nowhere' };
  if (first === 'item' && second) return { page: 'item', id: second };
  if (second) return { page: 'nowhere' };
  if (first === '')
    return { page: 'inbox', filter: address.searchParams.get('state') === 'all' ? 'all' : 'new' };
  if (first === 'seats' || first === 'password') return { page: first };
  return { page: 'nowhere' };
}

export function addressOf(route: Exclude<Route, { page: 'nowhere' }>): string {
  switch (route.page) {
    case 'inbox':
      return route.filter === 'all' ? '/?state=all' : '/';
    case 'item':
      return `/item/${encodeURIComponent(route.id)}`;
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
