import { z } from 'zod';

/**
 * What every document that the school signs begins with (DESIGN §5.4). The newest (epoch, issuedAt) wins; a restored
 * endpoint raises the epoch. `mustUnderstand` names the fields that a reader may not overlook: an older extension
 * refuses a document only for a field it does not know, so a fleet that updates over weeks is never stranded.
 */
export const Envelope = z.object({
  schema: z.int().positive(),
  mustUnderstand: z.array(z.string()),
  school: z.string().min(1).max(64),
  epoch: z.int().nonnegative(),
  issuedAt: z.iso.datetime(),
});
export type Envelope = z.infer<typeof Envelope>;

export type DocumentKind = 'policy' | 'catalogue' | 'orders';

/** The version of a document, as shown to people and sent with a report: `epoch.issuedAt`. */
export const versionOf = (document: Envelope): string => `${document.epoch}.${document.issuedAt}`;

/** Negative when `a` is older than `b`, zero when they are the same version. */
export const compareVersions = (a: Envelope, b: Envelope): number =>
  a.epoch - b.epoch || Date.parse(a.issuedAt) - Date.parse(b.issuedAt);

/** The same for versions by name; negative when `a` is older. */
export function compareVersionNames(a: string, b: string): number {
  const [one, other] = [a, b].map((name) => {
    const dot = name.indexOf('.');
    return { epoch: Number(name.slice(0, dot)), issuedAt: Date.parse(name.slice(dot + 1)) };
  }) as [{ epoch: number; issuedAt: number }, { epoch: number; issuedAt: number }];
  return one.epoch - other.epoch || one.issuedAt - other.issuedAt;
}
