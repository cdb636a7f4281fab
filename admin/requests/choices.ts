import { parseAddress } from '../../rules/address.ts';
import { singleVideo } from '../../rules/bundles/video.ts';
import { parseEntry } from '../../rules/entry.ts';
import { isEarlyYears, type KnownStage } from '../../rules/stages.ts';

/** What a yes could open, from the narrowest. */
export type Choice = { as: 'page' | 'path' | 'site'; entry: string; entries: string[] };

/**
 * The entries by which an address can be opened: the page with what it asks for, its folder, or the whole site. One
 * video is that video and no other (FIELD T2); EYFS and KS1 never get the whole site (issue 4.3).
 */
export function choicesFor(text: string, stage: KnownStage): Choice[] {
  const address = parseAddress(text);
  if (!address) return [];
  const video = singleVideo(text)?.map(({ entry }) => entry);
  if (video?.[0]) return [{ as: 'page', entry: video[0], entries: video }];
  const at = `${address.host}${address.port ? `:${address.port}` : ''}`;
  const folder = address.path.slice(0, address.path.lastIndexOf('/') + 1);
  const offered: Omit<Choice, 'entries'>[] = [
    { as: 'page', entry: `${at}${address.path}${address.query ? `?${address.query}` : ''}` },
    { as: 'page', entry: `${at}${address.path}` },
    { as: 'path', entry: `${at}${folder}` },
    { as: 'site', entry: at },
  ];
  const young = isEarlyYears(stage) || stage === 'unknown';
  return (
    offered
      .filter(({ as, entry }) => parseEntry(entry).ok && !(young && as === 'site'))
      // The root page of a site is the whole site: as an entry they are one.
      .filter(({ as, entry }) => as === 'site' || entry.replace(/\/$/, '') !== at)
      .filter((one, place, all) => all.findIndex(({ as }) => as === one.as) === place)
      .filter((one, place, all) => all.findIndex(({ entry }) => entry === one.entry) === place)
      .map((one) => ({ ...one, entries: [one.entry] }))
  );
}

export const stageNotKnown = 'This computer’s stage is not known yet, so nothing can be opened for it.';

/** Why `choicesFor` has nothing to offer for this address, to whoever was asked. */
export function whyNoChoice(text: string, stage: KnownStage): { code: string; message: string } {
  if (!parseAddress(text))
    return { code: 'not-an-address', message: 'This is no address that can be opened.' };
  if (stage === 'unknown') return { code: 'not-known', message: stageNotKnown };
  return {
    code: 'whole-host',
    message: `This is a front page, and at ${stage} a whole site is never opened from here. Open a page or a path of it that you have looked at: Add a site, in the lesson.`,
  };
}
