import type { SendMailOptions } from 'nodemailer';
import type { Urgency } from './console-wire.ts';
import { rolesThatMay } from './roles.ts';
import type { Mail } from './store/mails.ts';
import type { Store } from './store/tables.ts';

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

/** Those whom the school named, or everybody who sees the inbox; restricted ones only whom `admin/roles.ts` names. */
export async function recipientsOf(store: Store, named: readonly string[], mail: Mail): Promise<string[]> {
  if (mail.kind !== 'reports') return addressOf(store, mail.person);
  if (!mail.restricted && named.length > 0) return [...named];
  const roles = rolesThatMay(mail.restricted ? 'see-restricted' : 'see-inbox');
  const people = await store
    .selectFrom('people')
    .select('email')
    .where('role', 'in', roles)
    .where('kind', '=', 'staff')
    .where('deactivatedAt', 'is', null)
    .execute();
  return people.map(({ email }) => email);
}

async function addressOf(store: Store, person: string | null): Promise<string[]> {
  if (person === null) return [];
  const people = await store.selectFrom('people').select('email').where('id', '=', person).execute();
  return people.map(({ email }) => email);
}

/** One e-mail. About reports: that some wait and how urgent they are, never who or what. `mark` names the recipient. */
export function messageFor(
  { from, consoleUrl }: { from: string; consoleUrl: string },
  mail: Mail,
  reports: number,
  recipient: string,
  mark: string,
): SendMailOptions {
  const { subject, text } =
    mail.kind === 'reports' ? reportWords(mail, reports, consoleUrl) : usedWords(mail);
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
    text,
    headers: { 'Auto-Submitted': 'auto-generated', ...(mail.urgency === 'now' && { Importance: 'high' }) },
  };
}

function reportWords({ urgency }: Mail, reports: number, consoleUrl: string) {
  const { subject, text } = words[urgency];
  const waiting = reports > 1 ? `${reports} reports are waiting for you.` : 'It is waiting for you.';
  const more = `Open the inbox: ${consoleUrl}/\n\nThis e-mail says nothing of who or what, on purpose.\n`;
  return { subject, text: `${text} ${waiting}\n\n${more}` };
}

/** Where it was used, and by whom, is not known: whoever gets this asks the principal. */
const usedWords = ({ madeAt }: Mail) => ({
  subject: 'Keystage: the break-glass account was used',
  text: `The break-glass account was used at ${madeAt}.\n\nYou are the person who is told of every use. If you do not know why, ask the principal now. What was done with it stands in the audit of the console.\n`,
});
