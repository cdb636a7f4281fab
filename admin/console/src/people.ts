import { z } from 'zod';
import {
  AuditPage,
  DayPassCode,
  DayPassList,
  Figures,
  type NewDayPass,
  type NewPerson,
  OneTimePassword,
  PeopleList,
} from '../../people/wire.ts';
import type { Api } from './api.ts';

/** What a second factor is set up with: for the app's camera, and for the drawer. */
export const FactorToSetUp = z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) });
export type FactorToSetUp = z.infer<typeof FactorToSetUp>;

const Ways = z.object({ google: z.boolean() });
const Redirect = z.object({ url: z.url() });
const BackupCodes = z.object({ backupCodes: z.array(z.string()) });

export type Door = 'day-pass' | 'break-glass';
export type FactorKind = 'totp' | 'backup-code';

/** Signing in, second factors, people, day passes, audit and figures, as the console asks for them. */
export const peopleApi = ({ ask, asked }: Pick<Api, 'ask' | 'asked'>) => ({
  ways: () => asked(Ways, 'GET', '/console/auth/ways'),
  /** Answers where the browser must go. */
  google: () =>
    asked(Redirect, 'POST', '/console/auth/sign-in/social', { provider: 'google', callbackURL: '/' }),
  byCode: (door: Door, code: string) => ask('POST', `/console/auth/sign-in/${door}`, { code }),
  showFactor: (kind: FactorKind, code: string, trustDevice: boolean) =>
    ask('POST', `/console/auth/two-factor/verify-${kind}`, { code, trustDevice }),
  setUpFactor: (password: string) =>
    asked(FactorToSetUp, 'POST', '/console/auth/two-factor/enable', { password }),
  newBackupCodes: (password: string) =>
    asked(BackupCodes, 'POST', '/console/auth/two-factor/generate-backup-codes', { password }),

  seen: (notice: string) => ask('POST', `/console/api/notices/${notice}/seen`, {}),

  people: () => asked(PeopleList, 'GET', '/console/api/people'),
  add: (person: NewPerson) => asked(OneTimePassword, 'POST', '/console/api/people', person),
  change: (id: string, act: 'deactivate' | 'reset-second-factor') =>
    ask('POST', `/console/api/people/${id}/${act}`, {}),
  changeRole: (id: string, role: string) => ask('POST', `/console/api/people/${id}/role`, { role }),
  reset: (id: string) => asked(OneTimePassword, 'POST', `/console/api/people/${id}/reset`, {}),

  dayPasses: () => asked(DayPassList, 'GET', '/console/api/day-passes'),
  giveDayPass: (pass: NewDayPass) => asked(DayPassCode, 'POST', '/console/api/day-passes', pass),
  renewDayPass: (id: string) => asked(DayPassCode, 'POST', `/console/api/day-passes/${id}/code`, {}),
  endDayPass: (id: string) => ask('POST', `/console/api/day-passes/${id}/end`, {}),

  audit: (filter: { person: string; act: string }, before?: number) => {
    const chosen = Object.entries(filter).filter(([, value]) => value !== '');
    const page = before === undefined ? [] : [['before', String(before)]];
    return asked(
      AuditPage,
      'GET',
      `/console/api/audit?${new URLSearchParams(Object.fromEntries([...chosen, ...page]))}`,
    );
  },
  figures: () => asked(Figures, 'GET', '/console/api/figures'),
});
