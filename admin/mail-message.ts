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
  if (!mail.restricted && named.length > 0) return [...named];
  const roles = rolesThatMay(mail.restricted ? 'see-restricted' : 'see-inbox');
  const people = await store.selectFrom('people').select('email').where('role', 'in', roles).execute();
  return people.map(({ email }) => email);
}

/** The e-mail about a report: that one waits and how urgent it is, never who or what. `mark` names the recipient. */
export function messageFor(
  { from, consoleUrl }: { from: string; consoleUrl: string },
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
