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
        if (!added.ok) return failed(`${added.code}: somebody with this e-mail address is there already`);
        return done(`${email} may sign in as ${role.data}.`, `One-time password: ${added.oneTimePassword}`);
      });
    },
  },
};
