import { browser } from 'wxt/browser';
import type { KnownStage } from '../../rules/stage-names.ts';
import { createDevice } from '../../utils/device.ts';

/** The stage of this seat, from what the device holds. */
export const stageNow = async (): Promise<KnownStage> =>
  (await createDevice(browser, Date.now).enforcement.read()).situation.stage;
