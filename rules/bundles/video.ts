import type { EntryLine } from '../policy.ts';

/** What one YouTube video is called everywhere: eleven letters, digits, hyphens and underscores. */
const VIDEO_ID = /^[A-Za-z0-9_-]{11}$/;

/**
 * The entries that open one YouTube video and no other, as a page and inside an approved page (FIELD T2, G3); `line`
 * says who watched it, why and until when. Null if the text names no video. Which video a YouTube page shows next is
 * for `watch`: an opened page's resources open for its whole host (DESIGN §6).
 */
export function singleVideo(text: string, line: Omit<EntryLine, 'entry'> = {}): EntryLine[] | null {
  const id = videoIdOf(text);
  if (!id) return null;
  return [
    `youtube.com/watch?v=${id}`,
    `www.youtube.com/embed/${id}`,
    `www.youtube-nocookie.com/embed/${id}`,
    `youtu.be/${id}`,
  ].map((entry) => ({ entry, ...line }));
}

/** The id in an address of a video in any of the forms that people paste, or in the id itself. */
export function videoIdOf(text: string): string | null {
  if (VIDEO_ID.test(text)) return text;
  if (!URL.canParse(text)) return null;
  const { hostname, pathname, searchParams } = new URL(text);
  const host = hostname.replace(/^(?:www|m)\./, '');
  const id =
    host === 'youtu.be'
      ? pathname.slice(1)
      : host === 'youtube.com' || host === 'youtube-nocookie.com'
        ? (searchParams.get('v') ?? /^\/(?:embed|shorts|live)\/([^/]+)$/.exec(pathname)?.[1] ?? '')
        : '';
  return VIDEO_ID.test(id) ? id : null;
}
