import { builtInHelp } from '../../rules/help.ts';
import type { HelpLine } from '../../rules/policy.ts';
import { isEarlyYears, type KnownStage } from '../../rules/stage-names.ts';
import type { HelpLineShown } from './WhoHelps.tsx';

/** Helplines that really open (DESIGN §6): the built-in ones and the school's own; the youngest have their teacher. */
export const helplinesOf = (ours: readonly HelpLine[], stage: KnownStage): HelpLineShown[] =>
  isEarlyYears(stage)
    ? []
    : [...builtInHelp, ...ours].map(({ title, phone, host }) => ({
        title,
        ...(phone ? { phone } : {}),
        ...(host ? { address: `https://${host}/` } : {}),
      }));
