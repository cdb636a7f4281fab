import { AuditFacts } from '../audit-acts.ts';
import type { Role } from '../console-wire.ts';
import type { AuditPage } from '../people/wire.ts';
import { may } from '../roles.ts';
import type { Store } from './tables.ts';

type Question = {
  person?: string | undefined;
  act?: string | undefined;
  before?: number | undefined;
  limit: number;
};

/**
 * The audit, newest first, as a role may see it. What was done with a report about a grown-up at school is left out
 * for whoever may not know that there is one: in the rows as in the choices to filter by. `nameOf` says what a class
 * is called.
 */
export async function readAuditPage(
  store: Store,
  role: Role,
  asked: Question,
  nameOf: (group: string) => string,
): Promise<AuditPage> {
  const seen = () => {
    const lines = store.selectFrom('audit');
    if (may(role, 'see-restricted')) return lines;
    return lines.where(({ or, eb, not, exists, selectFrom }) =>
      or([
        eb('item', 'is', null),
        not(
          exists(
            selectFrom('items')
              .select('items.id')
              .whereRef('items.id', '=', 'audit.item')
              .where('restricted', '=', 1),
          ),
        ),
      ]),
    );
  };

  let lines = seen()
    .leftJoin('items', 'items.id', 'audit.item')
    .select([
      'number',
      'audit.at',
      'by',
      'act',
      'facts',
      'items.id',
      'items.kind',
      'items.receivedAt',
      'items.group',
    ]);
  if (asked.person) lines = lines.where('person', '=', asked.person);
  if (asked.act) lines = lines.where('act', '=', asked.act);
  if (asked.before) lines = lines.where('number', '<', asked.before);
  const found = await lines
    .orderBy('number', 'desc')
    .limit(asked.limit + 1)
    .execute();

  const [people, acts] = await Promise.all([
    seen()
      .select(({ fn }) => ['person', fn.max('by').as('name')])
      .where('person', 'is not', null)
      .groupBy('person')
      .orderBy('name')
      .execute(),
    seen().select('act').distinct().orderBy('act').execute(),
  ]);
  return {
    rows: found.slice(0, asked.limit).map(({ number, at, by, act, facts, id, kind, receivedAt, group }) => ({
      number,
      at,
      by,
      act,
      facts: {
        ...factsIn(facts, nameOf),
        ...(kind !== null && receivedAt !== null ? { [kind]: receivedAt } : {}),
        ...(group ? { from: nameOf(group) } : {}),
      },
      item: may(role, 'see-inbox') ? id : null,
    })),
    more: found.length > asked.limit,
    people: people.map(({ person, name }) => ({ id: person ?? '', name })),
    acts: acts.map(({ act }) => act),
  };
}

/** A line that a newer endpoint wrote may have facts that this one does not know: it shows those that it does. */
function factsIn(facts: string | null, nameOf: (group: string) => string): AuditFacts {
  const read = AuditFacts.safeParse(facts === null ? {} : JSON.parse(facts));
  if (!read.success) return {};
  const { classes } = read.data;
  return classes ? { ...read.data, classes: classes.map(nameOf) } : read.data;
}
