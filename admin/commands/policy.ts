import { checkPolicy, type PolicyChecked } from '../publish.ts';
import {
  type Command,
  commandLine,
  done,
  type Outcome,
  refusedFile,
  withEndpoint,
  withJson,
  withSecrets,
} from './command.ts';

export const policyCommands: Record<string, Command> = {
  'policy check': {
    usage: 'policy check <file>',
    words: 1,
    run: ({ data, words: [file = ''] }) =>
      withSecrets(data, ({ school }) =>
        withJson(file, async (written) =>
          reportOn(checkPolicy(written, school), file, () => 'can be published'),
        ),
      ),
  },
  'policy publish': {
    usage: 'policy publish <file>',
    words: 1,
    run: ({ data, words: [file = ''] }) =>
      withJson(file, (written) =>
        withEndpoint(data, async (endpoint) =>
          reportOn(
            await endpoint.publishPolicy(written, commandLine),
            file,
            ({ epoch, issuedAt }) => `is in force as ${epoch}.${issuedAt}`,
          ),
        ),
      ),
  },
};

type Published = Extract<PolicyChecked, { ok: true }>['policy'];

const reportOn = (checked: PolicyChecked, file: string, say: (policy: Published) => string): Outcome =>
  checked.ok ? done(`${file} ${say(checked.policy)}`) : refusedFile(checked.code, file, checked.issues);
