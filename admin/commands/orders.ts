import { standingOrders } from '../orders.ts';
import type { StandingOrders } from '../orders-check.ts';
import { type Command, commandLine, done, refusedFile, withEndpoint, withJson } from './command.ts';

/** What is open or closed now, for IT's own hand: an urgent closing cannot wait for the next policy (FIELD I10). */
export const orderCommands: Record<string, Command> = {
  'orders set': {
    does: 'Puts what a file says in force at once, in place of what was set from a file before: lessons, grants, urgent closings, suspensions.',
    usage: 'orders set <file>',
    words: 1,
    run: ({ data, words: [file = ''] }) =>
      withJson(file, (written) =>
        withEndpoint(data, async (endpoint) => {
          const set = await endpoint.setOrders(written, commandLine);
          if (!set.ok) return refusedFile(set.code, file, set.issues);
          const counts = Object.entries(set.orders).map(([part, lines]) => `${part} ${lines.length}`);
          return done(
            `${file} is in force: ${counts.join(', ')}. What was in force before is not any more.`,
            ...reachLines(set.orders),
          );
        }),
      ),
  },
  'orders show': {
    does: 'Prints what is in force by `orders set`.',
    usage: 'orders show',
    run: ({ data }) =>
      withEndpoint(data, async ({ publisher }) =>
        done(JSON.stringify(await standingOrders(publisher), null, 2)),
      ),
  },
  'orders clear': {
    does: 'Ends everything that was set by `orders set`. What the console opened stays.',
    usage: 'orders clear',
    run: ({ data }) =>
      withEndpoint(data, async (endpoint) => {
        await endpoint.setOrders({}, commandLine);
        return done(
          'Nothing that was set from a file is in force any more. What was opened in the console goes on; it is ended there.',
        );
      }),
  },
};

/** Whom each lesson and grant reaches, and until when. */
const reachLines = ({ lessons, grants }: StandingOrders): string[] => [
  ...lessons.map(
    ({ adult, groups, endsAt }) => `  lesson of ${adult}: ${groups.join(', ')}, until ${endsAt}`,
  ),
  ...grants.map(
    ({ id, scope, endsAt }) =>
      `  grant ${id}: ${Object.entries(scope)
        .flatMap(([part, names]) => (names?.length ? [`${part} ${names.join(', ')}`] : []))
        .join(' and ')}, until ${endsAt}`,
  ),
];
