/** The part of Chrome's session storage that is needed: it forgets when the browser closes. */
export type SessionStorage = {
  get(key: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(key: string): Promise<void>;
};
