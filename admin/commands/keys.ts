import { publicKeysOf } from '../data-folder.ts';
import { raiseEpoch } from '../reissue.ts';
import { beginRotation, finishRotation, type Rotated } from '../rotate.ts';
import { type Command, commandLine, done, failed, misused, withEndpoint, withSecrets } from './command.ts';

/** What devices trust, and what they hold to be the newest. */
export const keyCommands: Record<string, Command> = {
  'keys show': {
    does: 'Prints the school’s identifier and its public keys.',
    usage: 'keys show',
    run: ({ data }) =>
      withSecrets(data, async (secrets) =>
        done(`School: ${secrets.school}`, ...publicKeysOf(secrets).map((key) => `Public key: ${key}`)),
      ),
  },
  'keys rotate': {
    does: 'Makes a second signing key to be pinned; with --finish, signs everything with it and drops the first.',
    usage: 'keys rotate [--finish]',
    switches: ['finish'],
    run: ({ data, switches }) =>
      withEndpoint(data, async ({ publisher }) =>
        switches.has('finish')
          ? sayFinished(await finishRotation(data, publisher, commandLine))
          : sayBegun(await beginRotation(data, publisher, commandLine)),
      ),
  },
  'token show': {
    does: 'Prints the enrolment token.',
    usage: 'token show',
    run: ({ data }) => withSecrets(data, async ({ enrolmentToken }) => done(enrolmentToken)),
  },
  'epoch raise': {
    does: 'After a restore: signs every document anew under a higher epoch, so that devices take it.',
    usage: 'epoch raise [--to <number>]',
    flags: ['to'],
    run: ({ data, values: { to } }) => {
      if (to !== undefined && !/^[1-9]\d{0,8}$/.test(to))
        return Promise.resolve(misused('--to must be a whole number, such as 3'));
      return withEndpoint(data, async ({ publisher }) => {
        const raised = await raiseEpoch(publisher, commandLine, to === undefined ? undefined : Number(to));
        return raised.ok
          ? done(`Policy, catalogue and orders are signed anew under epoch ${raised.epoch}.`)
          : failed(`${raised.code}: the epoch is ${raised.epoch} already, nothing was changed`);
      });
    },
  },
};

function sayBegun(rotated: Rotated) {
  if (!rotated.ok) return failed(`${rotated.code}: nothing was changed`);
  return done(
    rotated.begunBefore
      ? 'Keys are being changed already. Pin both:'
      : 'A second key is made. It signs nothing yet. Pin both:',
    ...rotated.publicKeys.map((key) => `Public key: ${key}`),
    'Next: "npm run -s keystage -- pack", paste the settings, and wait until every Chromebook has them.',
    'Then: "npm run -s keystage -- keys rotate --finish".',
  );
}

function sayFinished(rotated: Rotated) {
  if (!rotated.ok)
    return failed(`${rotated.code}: no change of keys has begun; give "keys rotate" without --finish first`);
  return done(
    'Policy, catalogue and orders are signed with the new key; the old one is gone.',
    ...rotated.publicKeys.map((key) => `Public key: ${key}`),
    'Next: "npm run -s keystage -- pack" and paste the settings: only this key is pinned then.',
  );
}
