import type { LiveTimes } from './live/sockets.ts';
import type { Log } from './log.ts';
import type { MailSettings } from './mail.ts';
import type { KeepPasswords } from './people/auth.ts';
import type { GoogleSettings } from './people/google.ts';
import type { Rates } from './routes/device-parts.ts';

export const usualRates: Rates = {
  perSeat: { burst: 600, perSecond: 5 },
  // Thirty profiles that come back from a week without network; in an hour as much as no class has to say.
  eventsOfSeat: { burst: 500, perSecond: 1 / 5 },
  enrolments: { burst: 3_000, perSecond: 20 },
  // A Chromebook of a cart meets a new pupil every lesson; sixty in an hour are nobody's.
  newSeatsOfDevice: { burst: 60, perSecond: 60 / 3_600 },
  wrongTokens: { burst: 100, perSecond: 1 },
  signIns: { burst: 10, perSecond: 1 / 30 },
  signInsOfAccount: { burst: 100, perSecond: 1 / 10 },
  // A staff room behind one router signs in before the first lesson; known browsers do not count.
  signInsOfAddress: { burst: 200, perSecond: 1 },
};

/** What an endpoint is made of: a folder and names in a school, a clock and short times in a test. */
export type EndpointOptions = {
  folder: string;
  /** The school's identifier, for the first run; later the data folder knows it. */
  school: string;
  /** Where people open the console: links in mails, and the origin that may change things. */
  consoleUrl: string;
  log: Log;
  now?: () => Date;
  newId?: () => string;
  mail?: MailSettings | undefined;
  /** How long an ordinary mail waits for the child's answer. */
  mailAfterMs?: number;
  rates?: Partial<Rates>;
  secondFactor?: 'required' | 'off' | undefined;
  google?: GoogleSettings | undefined;
  /** Instead of better-auth's scrypt, which is slow on purpose: for tests alone. */
  keepPasswords?: KeepPasswords | undefined;
  /** Folder of `<category>.txt` lists. */
  listSources?: string;
  builtConsole?: string;
  /** How lists are downloaded. */
  fetching?: typeof fetch;
  /** Beats and time-outs of the live channel. */
  liveTimes?: Partial<LiveTimes>;
  /** Milliseconds that pass whatever the clock on the wall is set to. */
  passed?: () => number;
};
