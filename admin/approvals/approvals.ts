import { z } from 'zod';
import { singleVideo } from '../../rules/bundles/video.ts';
import { parseEntry } from '../../rules/entry.ts';
import { EntryLine } from '../../rules/policy.ts';
import { isEarlyYears } from '../../rules/stages.ts';
import type { AuditFacts } from '../audit-acts.ts';
import { documentsWithoutOpenings, policyNow } from '../documents-now.ts';
import { allClasses } from '../groups/classes.ts';
import { isPageOrPath } from '../lessons/pasted-entry.ts';
import { notGrantable } from '../lessons/sites.ts';
import type { Person } from '../people.ts';
import type { PolicyChecked } from '../policy-check.ts';
import { sayIssue } from '../shown-path.ts';
import { writeAudit } from '../store/audit.ts';
import type { Store } from '../store/tables.ts';
import type { createCatalogueLists } from '../verdict-lists.ts';
import { asksForMore, weighed } from './asks-for-more.ts';
import { approvalsIn, linesOf, listsFrom, withoutStaffLists } from './kept.ts';
import type { ApprovalLine, Approve } from './wire.ts';

type Parts = {
  store: Store;
  now: () => Date;
  newId: () => string;
  listsOf: ReturnType<typeof createCatalogueLists>;
  publishPolicy: (written: unknown, by: string, person: string | null) => Promise<PolicyChecked>;
};
export type ApprovalDone =
  | { ok: true; id: string }
  | { ok: false; status: 403 | 404 | 409 | 422; code: string; message: string };

/**
 * Approving well (FIELD T1–T6): each kind of site asks for what its risk asks for, and social media and new technology
 * open only when somebody of the leadership, not the same person, consents. What is in force stands in the policy, with
 * a line of its history.
 */
export function createApprovals({ store, now, newId, listsOf, publishPolicy }: Parts) {
  const refused = (status: 403 | 404 | 409 | 422, code: string, message: string): ApprovalDone => ({
    ok: false,
    status,
    code,
    message,
  });

  async function approve(person: Person, asked: Approve): Promise<ApprovalDone> {
    const policy = await policyNow(store);
    if (!policy) return refused(409, 'no-policy', 'No policy is published yet.');
    if (asked.stages.length === 0 && asked.groups.length === 0)
      return refused(422, 'for-nobody', 'Name the stages or classes that it is for.');
    const classes = await allClasses(store, policy);
    const unknown = asked.groups.find((id) => !classes.some((one) => one.id === id));
    if (unknown !== undefined) return refused(422, 'no-group', `There is no class “${unknown}”.`);
    const video = asked.says.kind === 'video' ? singleVideo(asked.entry) : null;
    if (asked.says.kind === 'video' && !video)
      return refused(422, 'not-a-video', 'This is not the address of one video.');
    const entry = video ? asked.entry : asked.entry.replace(/#.*$/, '');
    const read = parseEntry(video?.[0]?.entry ?? entry);
    if (!read.ok) return refused(422, 'unreadable-site', `“${asked.entry.slice(0, 80)}”: ${read.reason}.`);
    const meant = [
      ...classes.filter(({ id }) => asked.groups.includes(id)),
      ...asked.stages.map((stage) => ({ id: '', name: stage, stage })),
    ];
    const young = meant.find(({ stage }) => isEarlyYears(stage));
    // As in a lesson (issue 4.3): what one adult has looked at is a page or a part, never a whole host.
    if (young && !isPageOrPath(read.entry))
      return refused(
        422,
        'whole-host',
        `“${asked.entry.slice(0, 80)}” is a whole site. For ${young.name}, name the page or the path that you have looked at: whole sites for EYFS and KS1 come from the school’s policy.`,
      );
    if (asked.endsAt !== undefined && Date.parse(asked.endsAt) <= now().getTime())
      return refused(422, 'ends-in-past', 'The end is over already.');
    const line: EntryLine = {
      entry,
      title: asked.title,
      reason: asked.reason,
      approvedBy: person.name.slice(0, 120),
      previewedAt: now().toISOString().slice(0, 10),
      ...(asked.endsAt === undefined ? {} : { endsAt: asked.endsAt }),
    };
    const at = now().getTime();
    const documents = await documentsWithoutOpenings(store, listsOf, policy, meant, at);
    const wrong = notGrantable(linesOf(line, asked.says.kind), meant, person.role, { documents, now: at });
    if (wrong) return wrong;
    const riskier = asksForMore(asked.says.kind, read.entry.host, documents);
    if (riskier) return refused(422, riskier.code, riskier.message);
    const id = `approval-${newId()}`;
    const needsConsent = weighed.includes(asked.says.kind);
    await store.transaction().execute(async (writing) => {
      await writing
        .insertInto('approvals')
        .values({
          id,
          kind: asked.says.kind,
          line: JSON.stringify(line),
          stages: JSON.stringify(asked.stages),
          groups: JSON.stringify(asked.groups),
          says: JSON.stringify(asked.says),
          state: needsConsent ? 'waits-for-consent' : 'in-force',
          person: person.id,
          by: person.name,
          at: now().toISOString(),
          consentBy: null,
          consentWhy: null,
          consentAt: null,
          endedAt: null,
          endedBy: null,
        })
        .execute();
      await writeAudit(writing, [
        {
          at: now(),
          person: person.id,
          by: person.name,
          act: 'approved-site',
          item: id,
          facts: { ...factsOf(line, asked.groups), why: asked.reason },
        },
      ]);
    });
    return needsConsent ? { ok: true, id } : published(id, person, `Approved: ${asked.title}.`, asked.reason);
  }

  async function consent(
    person: Person,
    id: string,
    said: { yes: boolean; why: string },
  ): Promise<ApprovalDone> {
    const row = await store.selectFrom('approvals').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) return refused(404, 'not-found', 'There is nothing at this address.');
    if (row.state !== 'waits-for-consent')
      return refused(409, 'decided', 'Somebody has decided this already.');
    if (row.person === person.id)
      return refused(403, 'own-approval', 'Whoever approves does not consent: somebody else has to.');
    await store.transaction().execute(async (writing) => {
      await writing
        .updateTable('approvals')
        .set({
          state: said.yes ? 'in-force' : 'refused',
          consentBy: person.name,
          consentWhy: said.why,
          consentAt: now().toISOString(),
        })
        .where('id', '=', id)
        .where('state', '=', 'waits-for-consent')
        .execute();
      await writeAudit(writing, [
        {
          at: now(),
          person: person.id,
          by: person.name,
          act: said.yes ? 'consented' : 'refused-consent',
          item: id,
          facts: { ...factsOfRow(row), why: said.why },
        },
      ]);
    });
    const { title = '' } = EntryLine.parse(JSON.parse(row.line));
    return said.yes ? published(id, person, `Consent: ${title}.`, said.why) : { ok: true, id };
  }

  /** Takes a site off the list: whoever approved it, or whoever may consent. */
  async function end(person: Person, id: string): Promise<ApprovalDone> {
    const row = await store.selectFrom('approvals').selectAll().where('id', '=', id).executeTakeFirst();
    const maySee = row && (row.person === person.id || person.role !== 'teacher');
    if (!row || !maySee) return refused(404, 'not-found', 'There is nothing at this address.');
    if (row.state === 'ended' || row.state === 'refused')
      return refused(409, 'over', 'This is over already.');
    await store.transaction().execute(async (writing) => {
      await writing
        .updateTable('approvals')
        .set({ state: 'ended', endedAt: now().toISOString(), endedBy: person.name })
        .where('id', '=', id)
        .execute();
      await writeAudit(writing, [
        {
          at: now(),
          person: person.id,
          by: person.name,
          act: 'ended-approval',
          item: id,
          facts: factsOfRow(row),
        },
      ]);
    });
    const { title = '' } = EntryLine.parse(JSON.parse(row.line));
    return published(id, person, `No longer approved: ${title}.`, 'Taken off the list.');
  }

  async function all(person: Person): Promise<ApprovalLine[]> {
    return (await approvalsIn(store)).map((one) => ({ ...one, mine: one.person === person.id }));
  }

  /** The policy anew, with the staff's lists as they are now. A policy that is refused leaves the old one in force. */
  async function published(id: string, person: Person, what: string, why: string): Promise<ApprovalDone> {
    const policy = await policyNow(store);
    if (!policy) return refused(409, 'no-policy', 'No policy is published yet.');
    const [approvals, classes] = await Promise.all([approvalsIn(store), allClasses(store, policy)]);
    const lists = listsFrom(approvals);
    // A class that only the class lists know becomes one of the policy, which names whom a list is for.
    const named = lists.flatMap(({ groups = [] }) => groups);
    const added = classes.filter(
      ({ id, source }) =>
        source !== 'policy' && named.includes(id) && !policy.groups.some((one) => one.id === id),
    );
    const at = now();
    const history = {
      at: at.toISOString(),
      by: person.name,
      what,
      why,
      risk: {
        educational: { by: person.name, text: why },
        technical: {
          by: 'Keystage',
          text: 'Opens at the approved tier: what is locked or guarded stays closed.',
        },
      },
      reviewBy: new Date(at.getTime() + 365 * 86_400_000).toISOString().slice(0, 10),
    };
    const done = await publishPolicy(
      {
        ...policy,
        groups: [...policy.groups, ...added.map(({ id: of, name, stage }) => ({ id: of, name, stage }))],
        lists: [...withoutStaffLists(policy.lists), ...lists],
        history: [...policy.history, history],
      },
      person.name,
      person.id,
    );
    if (done.ok) return { ok: true, id };
    const [first] = done.issues;
    return refused(422, 'not-a-policy', `The policy is refused: ${first && sayIssue(first)}`);
  }

  return { approve, consent, end, all };
}
export type Approvals = ReturnType<typeof createApprovals>;

const factsOf = ({ entry, title }: EntryLine, groups: readonly string[]): AuditFacts => ({
  ...(title === undefined ? {} : { title }),
  sites: [entry],
  ...(groups.length > 0 ? { classes: [...groups] } : {}),
});
const factsOfRow = ({ line, groups }: { line: string; groups: string }): AuditFacts =>
  factsOf(EntryLine.parse(JSON.parse(line)), z.array(z.string()).parse(JSON.parse(groups)));
