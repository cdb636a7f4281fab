import { existsSync } from 'node:fs';
import { CategoryId } from '../../rules/categories.ts';
import { Format } from '../../rules/lists/formats.ts';
import { placesIn } from '../data-folder.ts';
import { writeAudit } from '../store/audit.ts';
import { readStanding, writeStanding } from '../store/standing.ts';
import { countLists } from '../subscriptions/count.ts';
import { idOf } from '../subscriptions/lists-at.ts';
import { MAY_DIFFER, type Offered } from '../subscriptions/offered.ts';
import {
  type Command,
  commandLine,
  done,
  failed,
  type Given,
  misused,
  type Outcome,
  withEndpoint,
} from './command.ts';
import { sayOffered, saySubscription } from './say-lists.ts';

const hoursIn = (text: string): number | null => {
  const [, count, unit] = /^(\d{1,4})(h|d)?$/.exec(text) ?? [];
  const hours = Number(count) * (unit === 'd' ? 24 : 1);
  return hours >= 1 ? hours : null;
};

/** The share by which a new version may differ: `30%` or `0.3`. */
const shareIn = (text: string): number | null => {
  const share = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
  return share > 0 && share <= 10 ? share : null;
};

/** Reads what several commands share, or says what is wrong with it. */
function readFlags({ category, format, every, 'may-differ': mayDiffer }: Given['values']) {
  const read = {
    category: CategoryId.safeParse(category).data,
    format: Format.safeParse(format ?? 'auto').data,
    everyHours: hoursIn(every ?? '24h'),
    mayDiffer: mayDiffer === undefined ? MAY_DIFFER : shareIn(mayDiffer),
  };
  const { format: known, everyHours, mayDiffer: share } = read;
  if (category !== undefined && !read.category)
    return misused(`--category: there is no category "${category}"`, `  ${CategoryId.options.join(' ')}`);
  if (!known) return misused(`--format must be one of: ${Format.options.join(' ')}`);
  if (everyHours === null) return misused('--every must be hours or days, such as 24h or 7d');
  if (share === null) return misused('--may-differ must be a share, such as 20%');
  return { category: read.category, format: known, everyHours, mayDiffer: share };
}

/** One object a line where a program reads, else words; 1 when nothing was good. */
async function answer(given: Given, offered: readonly Offered[]): Promise<Outcome> {
  const code = offered.some(({ ok }) => ok) || offered.length === 0 ? 0 : 1;
  if (given.switches.has('json')) {
    for (const one of offered) await given.say(JSON.stringify(one));
    return { code, lines: [] };
  }
  return { code, lines: offered.flatMap(sayOffered) };
}

const progressTo =
  ({ note }: Given) =>
  (what: string, lines: number): void =>
    note(`${what}: ${lines.toLocaleString('en-GB')} lines read`);

export const listCommands: Record<string, Command> = {
  'lists import': {
    does: 'Reads a list from a file, folder or archive and keeps it.',
    usage: 'lists import <path> [--format auto] --category <id> [--id <id>] [--may-differ 20%] [--json]',
    words: 1,
    flags: ['format', 'category', 'id', 'may-differ'],
    switches: ['json'],
    run: async (given) => {
      const flags = readFlags(given.values);
      if ('code' in flags) return flags;
      const [path = ''] = given.words;
      const asked = { ...flags, path, id: given.values.id, by: commandLine };
      if (!existsSync(placesIn(given.data).secrets)) {
        given.note(`There is no Keystage data in ${given.data}: the list is read and counted, and not kept.`);
        return answer(given, await countLists(asked, progressTo(given)));
      }
      return withEndpoint(given.data, async ({ lists }) =>
        answer(given, await lists.importPath(asked, progressTo(given))),
      );
    },
  },
  'lists subscribe': {
    does: 'Takes a list from an address, now and regularly.',
    usage:
      'lists subscribe <url> --category <id> [--format auto] [--every 24h] [--id <id>] [--may-differ 20%] [--json]',
    words: 1,
    flags: ['format', 'category', 'every', 'id', 'may-differ'],
    switches: ['json'],
    run: async (given) => {
      const flags = readFlags(given.values);
      if ('code' in flags) return flags;
      const [url = ''] = given.words;
      const { category } = flags;
      if (!category) return misused('--category is missing', `  ${CategoryId.options.join(' ')}`);
      if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
        return misused(`${url} is no http or https address`);
      const id = given.values.id ?? idOf(new URL(url).pathname, category);
      return withEndpoint(given.data, async ({ lists }) =>
        answer(given, [await lists.subscribe({ ...flags, category, id, url, by: commandLine })]),
      );
    },
  },
  'lists update': {
    does: 'Downloads the subscribed lists, or one of them, now.',
    usage: 'lists update [--id <id>] [--json]',
    flags: ['id'],
    switches: ['json'],
    run: (given) =>
      withEndpoint(given.data, async ({ lists }) => {
        const { id } = given.values;
        const offered = await lists.update(id ? { id } : 'all', commandLine);
        if (offered.length === 0)
          return failed(id ? `no-list: nothing is subscribed as "${id}"` : 'no list is subscribed');
        return answer(given, offered);
      }),
  },
  'lists show': {
    does: 'Lists what is subscribed and imported, what waits, and what was left out for the school’s sites.',
    usage: 'lists show [--json]',
    switches: ['json'],
    run: (given) =>
      withEndpoint(given.data, async ({ lists, store }) => {
        const all = [];
        for (const one of await lists.all()) all.push({ ...one, exceptions: await lists.exceptions(one.id) });
        const upstream = await readStanding(store, 'upstream');
        if (given.switches.has('json'))
          return done(JSON.stringify({ upstream: upstream ?? null, lists: all }));
        return done(
          `Illegal addresses are filtered upstream by: ${upstream ?? 'not recorded (npm run -s keystage -- lists upstream set "Network: …")'}`,
          ...(all.length > 0 ? all.flatMap(saySubscription) : ['No list is subscribed or imported.']),
        );
      }),
  },
  'lists accept': settle(true),
  'lists refuse': settle(false),
  'lists close': revoke(true),
  'lists except': revoke(false),
  'lists remove': {
    does: 'Removes a list; what it alone closed opens.',
    usage: 'lists remove <id>',
    words: 1,
    run: ({ data, words: [id = ''] }) =>
      withEndpoint(data, async ({ lists }) =>
        (await lists.remove(id, commandLine))
          ? done(`${id} is gone.`)
          : failed(`no-list: there is no list "${id}"`),
      ),
  },
  'lists upstream set': {
    does: 'Records who filters illegal addresses before Keystage.',
    usage: 'lists upstream set "<who>"',
    words: 1,
    run: ({ data, words: [who = ''] }) =>
      withEndpoint(data, async ({ store }) => {
        await store.transaction().execute(async (writing) => {
          await writeStanding(writing, 'upstream', who.slice(0, 200));
          await writeAudit(writing, [
            {
              at: new Date(),
              person: null,
              by: commandLine,
              act: 'set-upstream',
              facts: { who: who.slice(0, 200) },
            },
          ]);
        });
        return done(`Recorded: illegal addresses are filtered upstream by ${who.slice(0, 200)}`);
      }),
  },
};

function settle(accepted: boolean): Command {
  const verb = accepted ? 'accept' : 'refuse';
  return {
    does: accepted
      ? 'Puts the version of a list that waits in force.'
      : 'Leaves a list as it was; the version that waits is not offered again.',
    usage: `lists ${verb} <id>`,
    words: 1,
    run: ({ data, words: [id = ''] }) =>
      withEndpoint(data, async ({ lists }) => {
        const version = await lists.settle(id, accepted, commandLine);
        if (!version) return failed(`nothing-waits: no version of "${id}" waits for anybody`);
        return done(
          accepted
            ? `${id} is live with ${version.hosts} names.`
            : `${id} stays as it was; this version is not offered again.`,
        );
      }),
  };
}

function revoke(revoked: boolean): Command {
  return {
    does: revoked
      ? 'Closes a site again that was left out of a list for the school.'
      : 'Leaves a site out of a list again that `lists close` had closed.',
    usage: revoked ? 'lists close <id> <host>' : 'lists except <id> <host>',
    words: 2,
    run: ({ data, words: [id = '', host = ''] }) =>
      withEndpoint(data, async ({ lists }) =>
        (await lists.revoke(id, host, revoked, commandLine))
          ? done(revoked ? `${host} is closed by ${id} again.` : `${host} is left out of ${id} again.`)
          : failed(`no-exception: "${host}" is no exception of "${id}"`),
      ),
  };
}
