import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Policy } from '../../../rules/policy.ts';
import { standingOf } from '../../../rules/standing.ts';
import { TestAsked, type TestChoices, type Tested } from '../../console-wire.ts';
import {
  adultOpens,
  createTester,
  hasAdult,
  isService,
  listTitle,
  readAddress,
  withAdult,
  withoutAdult,
} from '../../verdict.ts';
import { categoriesAsked, readListFolder } from '../../verdict-lists.ts';

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The example school's policy, with the verdicts that the real rules give. */
async function policy(): Promise<Policy> {
  const written = JSON.parse(await readFile(beside('../../examples/all-through.json'), 'utf8'));
  const envelope = { schema: 1, mustUnderstand: [], epoch: 1, issuedAt: new Date(0).toISOString() };
  return Policy.parse({ ...envelope, kind: 'policy', ...written });
}

export async function testChoices(): Promise<TestChoices> {
  const { timeZone, groups, contacts, help, reasons } = await policy();
  return { timeZone, groups: groups.map((group) => ({ ...group, mine: false })), contacts, help, reasons };
}

export async function answerTest(sent: unknown): Promise<Tested | { code: string; message: string }> {
  const { address: written, stage, group, adult, at } = TestAsked.parse(sent);
  const address = readAddress(written);
  if (!address.ok) return { code: address.code, message: address.reason };
  const now = at === null ? Date.now() : Date.parse(at);
  const documents = { policy: await policy(), orders: null, lists: new Map(), listsInForce: true };
  const test = (adult ? withAdult : withoutAdult)({
    documents,
    situation: { stage, groups: group === null ? [] : [group], now },
  });
  const wanted = categoriesAsked(standingOf(test.documents, test.situation));
  const { lists } = await readListFolder(beside('../../lists'), wanted);
  const tester = createTester({ ...test, documents: { ...test.documents, lists } });
  const verdict = tester.judge(address.address);
  return {
    at: new Date(now).toISOString(),
    stage,
    address: { href: address.address.href, host: address.address.host },
    verdict,
    isService: isService(documents.policy, verdict.from),
    adultOpens: adultOpens(documents.policy, stage),
    listTitle: listTitle(documents.policy, verdict.from) ?? null,
    supervised: hasAdult(tester.standing),
    hasTiles: false,
    lessonBy: null,
    withoutList: wanted.filter((category) => !lists.has(category)),
  };
}
