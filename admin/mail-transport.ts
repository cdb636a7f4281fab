import { createTransport } from 'nodemailer';
import type { MailTransport } from './mail.ts';

/** SMTP by its address, such as `smtps://user:password@mail.school.example`. A server that hangs is given up on. */
export const createMailTransport = (smtpUrl: string): MailTransport =>
  createTransport({
    url: smtpUrl,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
    // The outbox holds no content; neither may a file or an address that a message names.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
