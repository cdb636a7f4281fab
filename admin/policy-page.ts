import { type CategoryClass, type CategoryId, categories, categoryIds } from '../rules/categories.ts';
import { type GrantRole, grantTable } from '../rules/grant-table.ts';
import { builtInHelp } from '../rules/help.ts';
import type { Policy } from '../rules/policy.ts';
import { addedTo, nationalLevels } from '../rules/presets.ts';
import { type EngineId, engineIds, engines } from '../rules/search-engines.ts';
import { isEarlyYears, isPupil, type Stage, stages } from '../rules/stages.ts';

/**
 * The school's filter policy as a page that it can publish (FIELD C: "publishes rationale"; DfE standard 3), in
 * Markdown: what is closed for whom and why, who may open what, what is recorded, who helps. Made from the policy
 * alone, so that it says nothing else than what is enforced once that policy is in force. Names no pupil and no member of staff.
 */
export function policyPage(policy: Policy): string {
  const here = stagesOf(policy);
  return `${[
    heading(policy, here),
    byStage(policy, here),
    byCategory(policy, here),
    search(policy, here),
    network(policy, here),
    whoMayOpen(policy),
    recorded(policy),
    wrong(policy),
    help(policy),
    limits,
    changes(policy),
  ].join('\n\n')}\n`;
}

/** The stages that the school has a class or group of; a policy without groups speaks of all. */
function stagesOf({ groups }: Policy): Stage[] {
  const taught = stages.filter((stage) => groups.some((group) => group.stage === stage));
  return taught.length > 0 ? taught : [...stages];
}

const heading = (
  { schoolName, history }: Policy,
  here: readonly Stage[],
): string => `# How ${schoolName} filters the web

For parents, pupils, governors, inspectors and anyone who asks. This page is made by Keystage from this policy file. To be reviewed by ${day(nextReview(history))}.

We close what the law and our duties to children ask us to close, and as little else as we can. A page that is closed says why, in words a child can read, and from key stage 2 has a button to ask for it${here.some(isEarlyYears) ? '; in early years and key stage 1 pupils can ask in a lesson only' : ''}. Every page, open or closed, has a button to report it.`;

/** The first review that was still to come when the policy was last changed. */
function nextReview(history: Policy['history']): string {
  const changed =
    history
      .map(({ at }) => at.slice(0, 10))
      .sort()
      .at(-1) ?? '';
  const due = history.map(({ reviewBy }) => reviewBy).sort();
  return due.find((one) => one >= changed) ?? due.at(-1) ?? '';
}

/** As its writer left it, with a full stop where none stands. */
const sentence = (text: string): string => (/[.!?…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);

const stageNames: Record<Stage, string> = {
  EYFS: 'Early years',
  KS1: 'Key stage 1',
  KS2: 'Key stage 2',
  KS3: 'Key stage 3',
  KS4: 'Key stage 4',
  staff: 'Staff and governors',
  visitor: 'Visitors',
};

function byStage(policy: Policy, here: readonly Stage[]): string {
  const rows = here.map((stage) => {
    const { alone, supervised } = policy.stages[stage];
    const sites = policy.lists.filter(
      ({ says, stages: named, groups }) => says === 'open' && !groups && (!named || named.includes(stage)),
    );
    const count = new Set(sites.flatMap(({ entries }) => entries.map(({ entry }) => entry))).size;
    const lesson = isEarlyYears(stage)
      ? 'The sites of a lesson that an adult has started, and nothing else.'
      : accessWords[supervised];
    return row(stageNames[stage], accessWords[alone], isPupil(stage) ? lesson : '–', String(count));
  });
  const services = policy.bundles.map(({ title }) => title).join(', ');
  return `## By age

${table(['', 'On their own', 'With an adult', 'Approved sites'], rows)}

"With an adult" is true only while a lesson is running that a named adult has started. It ends by itself. Sites for single classes are not counted. ${services ? `These services work as a whole where approved sites open: ${services}.` : ''}`.trimEnd();
}

const accessWords = {
  closed: 'The web is closed.',
  approved: 'Only the sites that the school has approved.',
  filtered: 'The web, without what is closed below.',
} as const;

function byCategory(policy: Policy, here: readonly Stage[]): string {
  const shown = categoryIds.filter((id) => here.some((stage) => closing(policy, stage, id) !== 'open'));
  const rows = shown.map((id) =>
    row(categories[id].title, ...here.map((stage) => closing(policy, stage, id))),
  );
  const open = categoryIds.filter((id) => !shown.includes(id)).map((id) => categories[id].title);
  const why = shown.map((id) => {
    const own = policy.reasons[id];
    return `- **${categories[id].title}.** ${duty(policy, id)}${own ? ` The page says: “${own}”` : ''}`;
  });
  const locked = policy.lists
    .filter(({ says }) => says === 'locked')
    .flatMap(({ entries }) => entries).length;
  const closed = policy.lists
    .filter(({ says }) => says === 'closed')
    .flatMap(({ entries }) => entries).length;
  return `## What is closed

${table(['', ...here.map((stage) => stageNames[stage])], rows)}

"closed" is closed with and without an adult, until someone opens it as [below](#who-may-open-what). "with an adult" opens while an adult is there. A site that the school has approved is open even if its kind is closed, except for what is illegal.${open.length > 0 ? ` Not closed for anyone: ${open.join(', ')}.` : ''}

Besides these kinds, the school closes ${sites(closed)} of its own choice, and ${sites(locked)} that nobody can open. Pupils cannot use translators, archives and caches to see another page inside them, nor open addresses of numbers only.

### Why
${why.join('\n')}`;
}

/** Nobody may be promised lists of which nobody has said who supplies them. */
const duty = ({ upstream }: Policy, id: CategoryId): string =>
  categories[id].class === 'illegal' && !upstream?.illegalLists
    ? 'Child sexual abuse material and terrorist material are against the law. Nobody has recorded who supplies the lists of the IWF and the police.'
    : categories[id].duty;

type Closing = 'closed' | 'with an adult' | 'open';

function closing(policy: Policy, stage: Stage, id: CategoryId): Closing {
  const { alone, supervised, closedAlways, closedAlone } = policy.stages[stage];
  // Where the whole web is closed, so is every kind of it.
  if (categories[id].class === 'illegal' || closedAlways.includes(id)) return 'closed';
  if (alone === 'closed' && supervised === 'closed') return 'closed';
  return closedAlone.includes(id) ? 'with an adult' : 'open';
}

function search(policy: Policy, here: readonly Stage[]): string {
  const titles = (ids: readonly EngineId[]) => ids.map((id) => engines[id].title).join(', ');
  const rows = here
    .filter((stage) => isPupil(stage) && !isEarlyYears(stage))
    .map((stage) => `- ${stageNames[stage]}: ${titles(policy.search?.[stage] ?? engineIds) || 'none'}.`);
  if (rows.length === 0) return '## Search\n\nPupils do not search.';
  return `## Search

Safe search is forced and cannot be turned off. Search engines that cannot be made safe are closed for pupils. Where the web is open, pupils search with:

${rows.join('\n')}`;
}

function network({ upstream, stages: rules }: Policy, here: readonly Stage[]): string {
  const lists = upstream?.illegalLists;
  const supplied = lists
    ? `The lists of illegal addresses (Internet Watch Foundation; police list of terrorist material) are supplied by ${lists.suppliedBy}, confirmed on ${day(lists.confirmedOn)}.`
    : 'Who supplies the lists of illegal addresses (Internet Watch Foundation; police list of terrorist material) is **not recorded yet**. The school must ask its provider.';
  if (!upstream) return `## The filter of the network\n\n${supplied}`;
  const level = nationalLevels.levels.find((one) => one.level === upstream.level);
  const added = level
    ? `\n\nThe connection stands at level ${level.level} of the ${nationalLevels.scheme}: ${level.says}. The school is stricter than that. What it closes on top:\n\n${here
        .map(
          (stage) =>
            `- ${stageNames[stage]}: ${addedTo(level.level, rules[stage]).map(titleOf).join(', ') || 'nothing'}.`,
        )
        .join('\n')}`
    : '';
  return `## The filter of the network

The filter of the school’s connection (${upstream.provider}) stays on beneath this one. ${supplied}${added}`;
}

const titleOf = (id: CategoryId): string => categories[id].title;

const classWords: Record<CategoryClass, string> = {
  illegal: 'Illegal',
  sensitive: 'Sensitive',
  ordinary: 'Ordinary',
};
const roleWords: Record<GrantRole, string> = {
  teacher: 'teacher',
  coordinator: 'e-safety coordinator',
  dsl: 'safeguarding lead',
  principal: 'head',
  'network-manager': 'network manager',
};

function whoMayOpen({ overlays = [] }: Policy): string {
  const rows = (Object.keys(grantTable) as CategoryClass[]).map((one) => {
    const roles = Object.keys(grantTable[one]) as GrantRole[];
    const forLesson = roles.filter((role) => needs(one, role) === 'lesson').map((role) => roleWords[role]);
    const onRequest = roles
      .filter((role) => needs(one, role) === 'named-request')
      .map((role) => roleWords[role]);
    const who = [
      ...(forLesson.length > 0 ? [`for a lesson: ${forLesson.join(', ')}`] : []),
      ...(onRequest.length > 0 ? [`when a named member of staff asks: ${onRequest.join(', ')}`] : []),
    ];
    const kinds = categoryIds.filter((id) => categories[id].class === one).map(titleOf);
    return row(classWords[one], kinds.join(' · '), who.join('; ') || 'nobody');
  });
  return `## Who may open what

${table(['', 'Kinds', 'Who'], rows)}

Whatever is opened has a reason, is for a class or a pupil, and ends by itself. No password opens anything.${
    overlays.length > 0
      ? ` ${overlays.length === 1 ? 'One arrangement stands' : `${overlays.length} arrangements stand`} for single pupils or groups, stricter or wider than their stage; each has a reason, somebody who answers for it, and a date by which it is looked at again.`
      : ''
  }`;
}

const needs = (one: CategoryClass, role: GrantRole): string | null => {
  const said = grantTable[one][role];
  return said.may ? said.needs : null;
};

const recorded = ({ retention }: Policy): string => `## What is recorded

No browsing history, no screenshots, no keystrokes, no page’s content. Something is recorded when a pupil reports a page or asks for one: its address, when, the pupil’s account, stage and group, and what the pupil adds. Reports are kept for ${retention.reports} days and requests for ${retention.requests} days; a report that nobody has dealt with is kept until somebody has. The school keeps them on its own server; nobody outside the school receives them. A pupil can see what is recorded from the Keystage button.`;

function wrong({ reports, contacts }: Policy): string {
  const { days, from, until } = reports.lookedAt;
  const to = contacts.find(({ role }) => role === reports.to)?.title ?? reports.to;
  return `## When the filter is wrong

Anybody may say so, and nobody is blamed. *Report this page* takes the page away at once and goes to: ${to}. *Ask for this page* goes to an adult who can open it. Somebody looks on ${days.map((one) => dayNames[one - 1]).join(', ')}, ${from} to ${until}.

${contacts
  .map(({ title, where, phone }) => `- ${[title, where, phone].filter(Boolean).join(', ')}`)
  .join('\n')}`;
}

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function help(policy: Policy): string {
  const lines = [...builtInHelp, ...policy.help].map(
    ({ title, phone, host }) => `- ${[title, phone, host].filter(Boolean).join(', ')}`,
  );
  return `## Help

From key stage 2 these pages are open on every Chromebook, always, and opening them is never recorded. In early years and key stage 1 the help is a grown-up:

${[...new Set(lines)].join('\n')}`;
}

const limits = `## What no filter can promise

No filter stops everything, and this one works inside Chrome only: apps, other browsers and other devices need the network’s filter. It does not read pages, so what is said inside an open page is for adults to notice. It is one part of keeping children safe, beside teaching them and being there.`;

function changes({ history }: Policy): string {
  const lines = [...history]
    .sort((a, b) => b.at.localeCompare(a.at))
    .map(
      ({ at, what, why, consent, reviewBy }) =>
        `- **${day(at.slice(0, 10))}.** ${sentence(what)} *Why:* ${sentence(why)} Its risks were assessed by someone who teaches and by someone technical${consent ? `; ${consent.by} consented` : ''}. To be reviewed by ${day(reviewBy)}.`,
    );
  return `## What was changed, and why\n\n${lines.join('\n')}`;
}

/** "18 December 2026", of an ISO date. */
const day = (iso: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${iso}T00:00:00Z`),
  );

const sites = (count: number): string =>
  count === 1 ? 'one site' : count === 0 ? 'no sites' : `${count} sites`;

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly string[]): string =>
  [row(...head), `|${'---|'.repeat(head.length)}`, ...rows].join('\n');
