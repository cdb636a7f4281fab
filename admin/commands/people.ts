import { Role } from '../console-wire.ts';
import { type Command, done, failed, misused, withEndpoint } from './command.ts';

export const peopleCommands: Record<string, Command> = {
  'people add': {
    usage: `people add --email <address> --name <name> --role <${Role.options.join('|')}>`,
    flags: ['email', 'name', 'role'],
    run: async ({ data, values: { email = '', name = '', role: asked } }) => {
      const role = Role.safeParse(asked);
      if (!role.success) return misused(`--role must be one of ${Role.options.join(', ')}`);
      if (!/^[^\s@]+@[^\s@]+$/.test(email)) return misused('--email must be an e-mail address');
      if (!name.trim()) return misused('--name must not be empty');
      return withEndpoint(data, async ({ people }) => {
        const added = await people.add({ email, name: name.trim(), role: role.data });
        if (!added.ok)
          return failed(
            `${added.code}: somebody with this e-mail address is there already; keystage people reset --email ${email} gives a new one-time password`,
          );
        return done(`${email} may sign in as ${role.data}.`, `One-time password: ${added.oneTimePassword}`);
      });
    },
  },
  'people show': {
    usage: 'people show',
    run: ({ data }) =>
      withEndpoint(data, async ({ people }) => {
        const all = await people.all();
        return done(...all.map(({ email, name, role }) => `${email}  ${role}  ${name}`));
      }),
  },
  'people remove': {
    usage: 'people remove --email <address>',
    flags: ['email'],
    run: async ({ data, values: { email = '' } }) => {
      if (!email) return misused('--email <address> is needed');
      return withEndpoint(data, async ({ people }) => {
        const removed = await people.remove(email);
        if (removed.ok) return done(`${email} may not sign in any more.`);
        return removed.code === 'last-principal'
          ? failed('last-principal: this is the only principal; add another one first')
          : failed(nobody(email));
      });
    },
  },
  'people reset': {
    usage: 'people reset --email <address>',
    flags: ['email'],
    run: async ({ data, values: { email = '' } }) => {
      if (!email) return misused('--email <address> is needed');
      return withEndpoint(data, async ({ people }) => {
        const reset = await people.reset(email);
        if (!reset.ok) return failed(nobody(email));
        return done(
          `${email} is signed in nowhere any more, and must choose a new password.`,
          `One-time password: ${reset.oneTimePassword}`,
        );
      });
    },
  },
};

const nobody = (email: string) => `no-person: nobody signs in as ${email}; keystage people show names all`;
