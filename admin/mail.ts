import type { SendMailOptions } from 'nodemailer';
import type { Urgency } from './console-wire.ts';
import { type Log, plainError } from './log.ts';
import { rolesThatMay } from './roles.ts';
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

const LONGEST_WAIT_MS = 30 * 60_000;

/** 5 s, 10 s, 20 s … half an hour: a mail server that is down for a day costs about fifty tries. */
const waitAfter = (attempts: number): number =>
  Math.min(LONGEST_WAIT_MS, 5_000 * 2 ** Math.min(attempts, 20));

const words: Record<Urgency, { subject: string; text: string }> = {
  ordinary: { subject: 'Keystage: a report is waiting', text: 'A pupil has reported a page.' },
  soon: {
    subject: 'Keystage: a report is waiting, please look soon',
    text: 'A pupil has reported a page. Their answer says that somebody should look soon.',
  },
  now: {
    subject: 'Keystage: a report needs somebody now',
    text: 'A pupil has reported a page. Their answer says that somebody should look now.',
  },
};

/**
 * Empties the mail outbox: one message to each recipient, noted before the next one is tried. A crash can repeat the
 * one message that was on its way, under the same Message-ID, and lose none.
 */
export function createPost(dependencies: Dependencies) {
  const { store, now, log, mail: settings } = dependencies;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> | undefined;
  let again = false;

  async function sendAllDue(): Promise<void> {
    for (;;) {
      const claimed = stopped ? undefined : await claimMail(store, now());
      if (!claimed) return;
      await sendOne(claimed.mail, claimed.reports);
    }
  }

  async function sendOne(mail: Mail, reports: number): Promise<void> {
    const delivered: string[] = JSON.parse(mail.delivered);
    try {
      const recipients = await recipientsOf(store, settings, mail);
      if (recipients.length === 0) throw Object.assign(new Error(), { code: 'nobody-to-write-to' });
      for (const recipient of recipients) {
        const mark = sha256(recipient.toLowerCase()).slice(0, 16);
        if (delivered.includes(mark)) continue;
        await settings.transport.sendMail(messageFor(dependencies, mail, reports, recipient, mark));
        delivered.push(mark);
        await noteDelivered(store, mail.id, delivered);
      }
      await finishMail(store, mail.id);
    } catch (error) {
      const { name, code = name } = plainError(error);
      log.warn({ code, attempts: mail.attempts + 1 }, 'mail could not be sent yet');
      await retryMail(store, mail, new Date(now().getTime() + waitAfter(mail.attempts)), code);
    }
  }

  async function work(): Promise<void> {
    do {
      again = false;
      await sendAllDue();
    } while (again && !stopped);
    const next = stopped ? undefined : await nextMailAt(store);
    if (next) timer = setTimeout(wake, Math.min(Math.max(next.getTime() - now().getTime(), 50), 60_000));
  }

  /** Something may be due: looks at once, or right after the round that is under way. */
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
    async start(): Promise<void> {
      await releaseMails(store);
      wake();
    },
    wake,
    /** Lets the message that is on its way finish. */
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await round;
      clearTimeout(timer);
      settings.transport.close();
    },
  };
}

/** Those whom the school named, or everybody who sees the inbox; restricted ones only whom `admin/roles.ts` names. */
async function recipientsOf(store: Store, settings: MailSettings, mail: Mail): Promise<string[]> {
  if (!mail.restricted && settings.to.length > 0) return settings.to;
  const roles = rolesThatMay(mail.restricted ? 'see-restricted' : 'see-inbox');
  const people = await store.selectFrom('people').select('email').where('role', 'in', roles).execute();
  return people.map(({ email }) => email);
}

function messageFor(
  { consoleUrl, mail: { from } }: Dependencies,
  mail: Mail,
  reports: number,
  recipient: string,
  mark: string,
): SendMailOptions {
  const { subject, text } = words[mail.urgency];
  const waiting = reports > 1 ? `${reports} reports are waiting for you.` : 'It is waiting for you.';
  const host =
    from
      .split('@')
      .at(-1)
      ?.replace(/[^a-z0-9.-]/gi, '') || 'keystage.invalid';
  return {
    from,
    to: recipient,
    messageId: `<${mail.id}.${mark}@${host}>`,
    subject,
    text: `${text} ${waiting}\n\nOpen the inbox: ${consoleUrl}/\n\nThis e-mail says nothing of who or what, on purpose.\n`,
    headers: { 'Auto-Submitted': 'auto-generated', ...(mail.urgency === 'now' && { Importance: 'high' }) },
  };
}
