import { z } from 'zod';
import { Stage } from './stages.ts';

const isLoopback = (host: string) => ['localhost', '127.0.0.1', '[::1]'].includes(host);

/**
 * What IT pastes into Google Admin. Pupils can read it at chrome://policy: no secret goes here, and the enrolment
 * token admits a seat that may send and fetch, never read (DESIGN §8). `public/managed-schema.json` is made from this.
 */
export const Settings = z.object({
  endpoint: z
    .url({ protocol: /^https?$/ })
    .refine((text) => {
      // The check above has named what is no address at all; it does not keep this one from running.
      if (!URL.canParse(text)) return true;
      const url = new URL(text);
      // TLS is the reverse proxy's job; without it only this computer may be asked.
      return url.protocol === 'https:' || isLoopback(url.hostname);
    }, 'must begin with https:// (plain http is for this computer only)')
    // What a device asks for begins at the host: a path would be lost on the way.
    .refine(
      (text) => !URL.canParse(text) || new URL(text).pathname === '/',
      'must end with the host: Keystage is at no path',
    )
    .describe("Address of the school's Keystage endpoint, such as https://keystage.school.example"),
  school: z.string().min(1).max(64).describe('Identifier of the school, as the endpoint printed it'),
  publicKeys: z
    .array(z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'an Ed25519 public key has 43 characters'))
    .min(1)
    .max(2)
    .describe('The Ed25519 public key that signs the policy; two while the school changes keys'),
  enrolmentToken: z.string().min(16).max(200).describe('Admits a new seat; it can read nothing'),
  stage: Stage.describe('The key stage of the pupils of this organisational unit'),
  group: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .optional()
    .describe('The class of this organisational unit, if it has one'),
});
export type Settings = z.infer<typeof Settings>;

/** A setting that cannot be used, by name, for the status page. */
export type SettingProblem = { setting: string; problem: string };
