import type { Endpoint } from '../endpoint.ts';
import { commandLine } from '../people/actor.ts';
import type { StaffRefusal } from '../people/staff.ts';
import { GivenRole, LONGEST_NAME } from '../people/wire.ts';
import { type Command, done, failed, misused, type Outcome, withEndpoint } from './command.ts';

export const peopleCommands: Record<string, Command> = {
  'people add': {
    does: 'Adds a member of staff and prints a one-time password.',
    usage: `people add --email <address> --name <name> --role <${GivenRole.options.join('|')}>`,
    flags: ['email', 'name', 'role'],
    run: async ({ data, values: { email = '', name = '', role: asked } }) => {
      const role = GivenRole.safeParse(asked);
      if (!role.success) return misused(`--role must be one of ${GivenRole.options.join(', ')}`);
      if (!/^[^\s@]+@[^\s@]+$/.test(email)) return misused('--email must be an e-mail address');
      if (!name.trim()) return misused('--name must not be empty');
      if (name.trim().length > LONGEST_NAME)
        return misused(`--name must have ${LONGEST_NAME} letters at most`);
      return withEndpoint(data, async ({ people }) => {
        const added = await people.add({ email, name: name.trim(), role: role.data });
        if (!added.ok)
          return failed(
            `${added.code}: somebody with this e-mail address is there already; npm run -s keystage -- people reset --email ${email} gives a new one-time password`,
          );
        return done(`${email} may sign in as ${role.data}.`, `One-time password: ${added.oneTimePassword}`);
      });
    },
  },
  'people show': {
    does: 'Lists who may sign in, with their roles.',
    usage: 'people show',
    run: ({ data }) =>
      withEndpoint(data, async ({ people }) => {
        const all = await people.list(commandLine);
        return done(
          ...all.map(
            ({ email, name, role, state }) =>
              `${email}  ${role}  ${name}${state === 'deactivated' ? '  (deactivated)' : ''}`,
          ),
        );
      }),
  },
  'people remove': {
    does: 'Removes somebody. What they did stays in the audit.',
    usage: 'people remove --email <address>',
    flags: ['email'],
    run: ({ data, values: { email = '' } }) =>
      withPerson(data, email, async ({ staff }, id) => {
        const removed = await staff.remove(id, commandLine);
        return removed.ok ? done(`${email} may not sign in any more.`) : failed(why(removed.code, email));
      }),
  },
  'people reset': {
    does: 'Gives somebody a new one-time password; they are signed in nowhere any more.',
    usage: 'people reset --email <address>',
    flags: ['email'],
    run: ({ data, values: { email = '' } }) =>
      withPerson(data, email, async ({ staff }, id) => {
        const reset = await staff.reset(id, commandLine);
        if (!reset.ok) return failed(why(reset.code, email));
        return done(
          `${email} is signed in nowhere any more, and must choose a new password.`,
          `One-time password: ${reset.oneTimePassword}`,
        );
      }),
  },
  'people reset-second-factor': {
    does: 'For a lost phone: they set up another second factor at their next sign-in.',
    usage: 'people reset-second-factor --email <address>',
    flags: ['email'],
    run: ({ data, values: { email = '' } }) =>
      withPerson(data, email, async ({ staff }, id) => {
        const reset = await staff.resetSecondFactor(id, commandLine);
        return reset.ok
          ? done(`${email} sets up another second factor at the next sign-in.`)
          : failed(why(reset.code, email));
      }),
  },
  'people break-glass': {
    does: 'Seals the break-glass account anew and prints its code. Every use tells the second person.',
    usage: 'people break-glass --tells <e-mail address of the second person>',
    flags: ['tells'],
    run: async ({ data, values: { tells = '' } }) => {
      if (!tells) return misused('--tells <address> is needed: every use of the account tells this person');
      return withEndpoint(data, async ({ people }) => {
        const sealed = await people.breakGlass.seal(tells, commandLine);
        if (!sealed.ok)
          return failed(
            `${sealed.code}: nobody signs in as ${tells}; npm run -s keystage -- people show names all`,
          );
        return done(
          'The break-glass account is sealed. Print this code, lock it away, and keep no other copy.',
          'An earlier code opens nothing any more.',
          `Code: ${sealed.code}`,
          `Every use signs in as principal for an hour and tells ${sealed.tells}.`,
        );
      });
    },
  },
};

const nobody = (email: string) =>
  `no-person: nobody signs in as ${email}; npm run -s keystage -- people show names all`;

const reasons: Partial<Record<StaffRefusal, string>> = {
  'last-principal': 'this is the only principal; add another one first',
  'told-of-break-glass':
    'the break-glass account tells this person; seal it again with another one first (npm run -s keystage -- people break-glass)',
};
const why = (code: StaffRefusal, email: string): string =>
  code === 'no-person' ? nobody(email) : `${code}: ${reasons[code] ?? 'nothing was changed'}`;

async function withPerson(
  data: string,
  email: string,
  use: (people: Endpoint['people'], id: string) => Promise<Outcome>,
): Promise<Outcome> {
  if (!email) return misused('--email <address> is needed');
  return withEndpoint(data, async ({ people }) => {
    const id = await people.staff.idOf(email);
    return id ? use(people, id) : failed(nobody(email));
  });
}
