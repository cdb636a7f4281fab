import type { AuditFacts } from '../../audit-acts.ts';
import { now } from './now.ts';
import { roleWords } from './role-words.ts';
import { exact } from './when.ts';
import { locale, plural, say } from './words.ts';

/** What somebody did, for the audit; an act of a newer endpoint keeps its own name, without its dashes. */
export function auditWords(act: string): string {
  const words = dashed(`audit_${act}`);
  return words.startsWith('audit_') ? act.replaceAll('-', ' ') : words;
}

const together = new Intl.ListFormat(locale, { type: 'conjunction' });
/** More than these are counted: a lesson's sites may be five hundred. */
const MOST_NAMED = 3;

function named(names: readonly string[]): string {
  if (names.length <= MOST_NAMED) return together.format(names);
  const rest = names.length - (MOST_NAMED - 1);
  return together.format([...names.slice(0, MOST_NAMED - 1), plural(say, 'auditRest', rest)]);
}

const at = (instant: string): string => exact(new Date(instant), now.value);
const dashed = (key: string): string => say(key.replaceAll('-', '_'));
const count = (key: string) => (number: number) => plural(say, key, number);
const one = (key: string) => (text: string) => say(key, text);
const always = (key: string) => () => say(key);

type Phrases = { [Fact in keyof AuditFacts]-?: (value: NonNullable<AuditFacts[Fact]>) => string };

/** A phrase for every fact: the compiler asks for each. */
const phrases: Phrases = {
  name: (name) => name,
  role: roleWords,
  roleBefore: (role) => say('auditBefore', roleWords(role)),
  way: (way) => dashed(`auditWay_${way}`),
  classes: (classes) => say('auditFor', together.format(classes)),
  lesson: (kind) => dashed(`auditLesson_${kind}`),
  title: one('auditQuoted'),
  sites: named,
  siteCount: count('auditSites'),
  sitesLeft: count('auditSitesLeft'),
  bundles: count('auditBundles'),
  seats: count('auditSeats'),
  cover: always('auditCover'),
  byCode: always('auditByCode'),
  ended: (why) => dashed(`auditEnded_${why}`),
  until: (instant) => say('auditUntil', at(instant)),
  need: (direction) => dashed(`auditNeed_${direction}`),
  joined: count('auditJoined'),
  left: count('auditLeft'),
  moved: count('auditMoved'),
  newClasses: count('auditNewClasses'),
  endedClasses: count('auditEndedClasses'),
  file: one('auditFile'),
  list: one('auditList'),
  host: (host) => host,
  hosts: count('auditHosts'),
  added: count('auditAdded'),
  removed: count('auditRemoved'),
  lessons: count('auditLessons'),
  grants: count('auditGrants'),
  closings: count('auditClosings'),
  suspensions: count('auditSuspensions'),
  who: one('auditUpstream'),
  version: (version) => say('auditVersion', ...versionParts(version)),
  changed: one('auditQuoted'),
  why: one('auditWhy'),
  noNote: always('auditNoNote'),
  epoch: (epoch) => say('auditEpoch', String(epoch)),
  extension: one('auditExtension'),
  childAnswered: always('auditChildAnswered'),
  reports: count('auditReports'),
  requests: count('auditRequests'),
  report: (instant) => say('auditReport', at(instant)),
  request: (instant) => say('auditRequest', at(instant)),
  from: one('auditFrom'),
};

/** `<epoch>.<issued at>`: the time says more than the number, and comes first. */
function versionParts(version: string): [string, string] {
  const [, epoch = '', issued = version] = /^(\d+)\.(.+)$/.exec(version) ?? [];
  return [Number.isNaN(Date.parse(issued)) ? issued : at(issued), epoch];
}

/** What is told beside an act, as one sentence: "For 2B, exactly these sites, 3 sites, until 21 Nov, 10:15:00." */
export function moreWords(facts: AuditFacts): string {
  const said = Object.entries(phrases).flatMap(([fact, phrase]) => {
    const value = facts[fact as keyof AuditFacts];
    return value === undefined ? [] : [(phrase as (value: unknown) => string)(value)];
  });
  const sentence = said.join(', ');
  if (sentence === '') return '';
  // An address stands as it is written.
  const [first = ''] = [...(facts.sites ?? []), facts.host ?? ''];
  const begin = first !== '' && sentence.startsWith(first) ? 0 : 1;
  const end = /[.?!”]$/.test(sentence) ? '' : '.';
  return `${sentence.slice(0, begin).toLocaleUpperCase(locale)}${sentence.slice(begin)}${end}`;
}
