import { signal } from '@preact/signals';
import type { Role } from '../../console-wire.ts';
import { may } from '../../roles.ts';
import type { Api } from './api.ts';
import { openingsApi, sortUnblocks } from './openings.ts';

export type DecidingModel = ReturnType<typeof createDecidingModel>;

/** How many wait for a decision that is this person's: unblocks and consents that somebody else asked for. */
export function createDecidingModel(api: Pick<Api, 'ask' | 'asked'>, clock: () => number = Date.now) {
  const openings = openingsApi(api);
  const unblocks = signal(0);
  const consents = signal(0);
  return {
    unblocks,
    consents,
    async refresh(role: Role): Promise<void> {
      await Promise.all([
        may(role, 'decide-unblock') &&
          openings.unblocks().then((answer) => {
            if (answer.ok)
              unblocks.value = sortUnblocks(answer.value.unblocks, clock()).waiting.filter(notMine).length;
          }),
        may(role, 'consent') &&
          openings.approvals().then((answer) => {
            if (answer.ok)
              consents.value = answer.value.approvals
                .filter(({ state }) => state === 'waits-for-consent')
                .filter(notMine).length;
          }),
      ]);
    },
    forget: () => {
      unblocks.value = 0;
      consents.value = 0;
    },
  };
}

const notMine = ({ mine }: { mine: boolean }): boolean => !mine;
