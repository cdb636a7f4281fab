/** What has changed: what Chrome enforces, or what waits to be sent. */
export type News = 'rules' | 'outbox';

/** Tells our other open pages, and the worker if it is awake, that something changed. Wakes nobody. */
export function createNews() {
  const channel = new BroadcastChannel('keystage');
  return {
    tell: (news: News): void => channel.postMessage(news),
    /** Calls back for news of others, never for one's own. */
    hear: (listener: (news: News) => void): void => {
      channel.addEventListener('message', ({ data }) => listener(data as News));
    },
  };
}
