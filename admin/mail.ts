import type { SendMailOptions } from 'nodemailer';
import { Urgency } from './console-wire.ts';
import { type Log, plainError } from './log.ts';
import { messageFor, recipientsOf } from './mail-message.ts';
import { sha256 } from './sign.ts';
import {
  claimMail,
  finishMail,
  type Mail,
  nextMailAt,
  noteDelivered,
  releaseMails,
  retryMail,
} from './store/mails.ts';
import type { Store } from './store/tables.ts';

/** A nodemailer transport, or a test's own. */
export type MailTransport = { sendMail: (mail: SendMailOptions) => Promise<unknown>; close: () => void };
export type MailSettings = { transport: MailTransport; from: string; to: string[] };

type Dependencies = { store: Store; now: () => Date; log: Log; consoleUrl: string; mail: MailSettings };

/** What a child needs somebody for now is tried every minute, however long the mail server has been away. */
const longestWaitMs: Record<Urgency, number> = { now: 60_000, soon: 10 * 60_000, ordinary: 30 * 60_000 };

/** 5 s, 10 s, 20 s … : a mail server that is down for a day costs about fifty tries of an ordinary mail. */
const waitAfter = ({ attempts, urgency }: Mail): number =>
  Math.min(longestWaitMs[urgency], 5_000 * 2 ** Math.min(attempts, 20));

/**
 * Empties the mail outbox: one message to each recipient, noted before the next one is tried. A crash can repeat the
 * one message that was on its way, under the same Message-ID, and lose none. Each urgency has a lane of its own, so
 * that nothing urgent waits behind a slow delivery of something ordinary.
 */
export function createPost(dependencies: Dependencies) {
  const lanes = Urgency.options.map((urgency) => createLane(dependencies, urgency));
  const wake = () => {
    for (const lane of lanes) lane.wake();
  };
  return {
    async start(): Promise<void> {
      await releaseMails(dependencies.store);
      wake();
    },
    /** Something may be due. */
    wake,
    /** Lets the messages that are on their way finish. */
    async stop(): Promise<void> {
      await Promise.all(lanes.map((lane) => lane.stop()));
      dependencies.mail.transport.close();
    },
  };
}

function createLane(dependencies: Dependencies, urgency: Urgency) {
  const { store, now, log } = dependencies;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> | undefined;
  let again = false;

  async function sendAllDue(): Promise<void> {
    for (;;) {
      const claimed = stopped ? undefined : await claimMail(store, urgency, now());
      if (!claimed) return;
      const problem = await sendOne(dependencies, claimed.mail, claimed.reports);
      if (!problem) continue;
      log.warn({ code: problem, attempts: claimed.mail.attempts + 1 }, 'mail could not be sent yet');
      const nextAt = new Date(now().getTime() + waitAfter(claimed.mail));
      await retryMail(store, claimed.mail, nextAt, problem);
    }
  }

  async function work(): Promise<void> {
    do {
      again = false;
      await sendAllDue();
    } while (again && !stopped);
    const next = stopped ? undefined : await nextMailAt(store, urgency);
    if (next) timer = setTimeout(wake, Math.min(Math.max(next.getTime() - now().getTime(), 50), 60_000));
  }

  /** Looks at once, or right after the round that is under way. */
  function wake(): void {
    clearTimeout(timer);
    if (round) {
      again = true;
      return;
    }
    if (stopped) return;
    round = work()
      .catch((error) => {
        log.error({ error: plainError(error) }, 'mail outbox');
        timer = setTimeout(wake, 5_000);
      })
      .finally(() => {
        round = undefined;
        if (again) wake();
      });
  }

  return {
    wake,
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await round;
      clearTimeout(timer);
    },
  };
}

/** Sends one mail to everybody who does not have it yet; answers the code of what held it up, if anything did. */
async function sendOne(dependencies: Dependencies, mail: Mail, reports: number): Promise<string | undefined> {
  const { store, consoleUrl, mail: settings } = dependencies;
  const delivered: string[] = JSON.parse(mail.delivered);
  let problem: string | undefined;
  try {
    const recipients = await recipientsOf(store, settings.to, mail);
    if (recipients.length === 0) return 'nobody-to-write-to';
    for (const recipient of recipients) {
      const mark = sha256(recipient.toLowerCase()).slice(0, 16);
      if (delivered.includes(mark)) continue;
      const message = messageFor({ from: settings.from, consoleUrl }, mail, reports, recipient, mark);
      const refused = await settings.transport.sendMail(message).then(() => undefined, codeOf);
      // A mailbox that is refused must not keep the mail from the others; a server that is away is away for all.
      if (refused) problem = refused;
      if (refused && refused !== 'EENVELOPE') break;
      if (refused) continue;
      delivered.push(mark);
      await noteDelivered(store, mail.id, delivered);
    }
    if (!problem) await finishMail(store, mail.id);
  } catch (error) {
    return codeOf(error);
  }
  return problem;
}

const codeOf = (error: unknown): string => {
  const { name, code = name } = plainError(error);
  return code;
};
