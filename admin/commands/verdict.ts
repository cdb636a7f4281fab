import { fileURLToPath } from 'node:url';
import { placesIn } from '../data-folder.ts';
import { linesOf } from '../lines.ts';
import { createTester, hasAdult, readAddress } from '../verdict.ts';
import { answerLine, answerObject, failureLine, failureObject } from '../verdict-answer.ts';
import { readQuestion } from '../verdict-question.ts';
import { type Command, failed, type Given, misused, type Outcome } from './command.ts';

const usage =
  'verdict --policy <file> --stage <stage> [--group <id>] [--lesson <file>] [--at <iso time>] [--lists <dir>] [--json] <url…|->';

/** Whether an address is open, and why: the device's own rules, asked from the command line. */
export const verdictCommands: Record<string, Command> = {
  verdict: {
    does: 'Says what an address would do for a class or stage, and what the child would read.',
    usage,
    words: 'some',
    flags: ['policy', 'stage', 'group', 'lesson', 'at', 'lists', 'data'],
    switches: ['json'],
    run: answer,
  },
};

const ourLists = fileURLToPath(new URL('../lists', import.meta.url));

/** Where nothing says how wide the addresses are, because they come one by one. */
const USUAL_WIDTH = 48;
const WIDEST = 72;

async function answer(given: Given): Promise<Outcome> {
  const { values, words, switches, say, note } = given;
  const read = await readQuestion(values, {
    ourLists,
    listsFolder: values.data && placesIn(values.data).lists,
  });
  if (!read.ok) return misused(...read.problems, `usage: npm run -s keystage -- ${usage}`);
  for (const line of read.notes) note(`note: ${line}`);
  const tester = createTester(read.test);
  if (values.lesson && !hasAdult(tester.standing))
    note('note: at this time the lesson brings no adult to this group');
  const json = switches.has('json');
  const fits = words.includes('-') ? USUAL_WIDTH : Math.max(...words.map((word) => word.length));
  const width = Math.min(WIDEST, fits);

  let unread = 0;
  let line = 0;
  for await (const text of addressesOf(given)) {
    if (text === BROKEN_OFF)
      return failed(
        `standard input broke off after line ${line}`,
        ...(unread > 0 ? [howMany(unread, line)] : []),
      );
    line++;
    if (text?.trim() === '') {
      // No mistake, but whoever counts lines finds each of them answered.
      if (json) await say(JSON.stringify(failureObject('', line, 'empty', 'is empty')));
      continue;
    }
    const url = text?.trim() ?? '';
    const address = text === null ? TOO_LONG : readAddress(url);
    let answered: string;
    if (address.ok) {
      const object = answerObject(url, tester.judge(address.address), tester);
      answered = json ? JSON.stringify(object) : answerLine(object, width);
    } else {
      unread++;
      const failure = failureObject(url, line, address.code, address.reason);
      answered = json ? JSON.stringify(failure) : failureLine(failure, width);
    }
    const slower = say(answered);
    if (slower) await slower;
  }
  return unread === 0 ? { code: 0, lines: [] } : failed(howMany(unread, line));
}

const howMany = (unread: number, lines: number): string =>
  `${unread} of ${lines} could not be read; the others are answered`;

const TOO_LONG = { ok: false, code: 'too-long', reason: 'is longer than Chrome takes' } as const;

/** Standard input could not be read to its end, such as that of a folder. */
const BROKEN_OFF = Symbol('broken off');

/** The words, with all of standard input where a `-` stands. */
async function* addressesOf({ words, input }: Given): AsyncGenerator<string | null | typeof BROKEN_OFF> {
  for (const word of words) {
    if (word !== '-') {
      yield word;
      continue;
    }
    try {
      yield* linesOf(input());
    } catch {
      yield BROKEN_OFF;
    }
  }
}
