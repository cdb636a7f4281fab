import type { Settings } from '../rules/settings.ts';
import { EnrolAnswer } from '../rules/wire.ts';
import { type CallFailed, type Endpoint, jsonIn, type Seat } from './endpoint.ts';
import type { Who } from './identity.ts';
import type { Store } from './store.ts';

export type Seats = ReturnType<typeof createSeats>;

/**
 * The device's place at the endpoint. Enrolling again gives the same seat, so a wiped profile loses nothing; on a
 * shared computer each account has its own.
 */
export function createSeats(
  store: Pick<Store, 'get' | 'set' | 'remove'>,
  who: () => Promise<Who>,
  extensionVersion: string,
  newId: () => string,
) {
  const nameOf = ({ account, deviceId }: Who) => `${deviceId ?? ''}/${account ?? ''}`;

  type Enrolled = ({ ok: true } & Seat) | CallFailed | { ok: false; code: 'bad-answer' };

  return {
    /** The seat this profile already has, or a newly asked one. `bad-answer`: it does not speak our language. */
    async keptOrNew(settings: Settings, endpoint: Endpoint): Promise<Enrolled> {
      const [kept, here] = await Promise.all([store.get('seat'), who()]);
      if (kept && kept.endpoint === settings.endpoint && kept.who === nameOf(here))
        return { ok: true, seat: kept.seat, key: kept.key };
      const installId = (await store.get('installId')) ?? newId();
      await store.set('installId', installId);
      const answer = await endpoint.call('/v1/enrol', {
        method: 'POST',
        json: {
          token: settings.enrolmentToken,
          ...here,
          installId,
          stage: settings.stage,
          ...(settings.group ? { group: settings.group } : {}),
          extensionVersion,
        },
      });
      if (!answer.ok) return answer;
      const read = EnrolAnswer.safeParse(jsonIn(answer.bytes));
      if (!read.success) return { ok: false, code: 'bad-answer' };
      await store.set('seat', { endpoint: settings.endpoint, who: nameOf(here), ...read.data });
      return { ok: true, ...read.data };
    },
    /** The endpoint does not know this seat: the next call enrols again. */
    forget: () => store.remove('seat'),
  };
}
