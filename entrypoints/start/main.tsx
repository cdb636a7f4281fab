import { isPupil } from '../../rules/stage-names.ts';
import { createStore } from '../../utils/store.ts';
import { goToTheirs } from './theirs.ts';

/**
 * Every profile's new tab comes here first, adults' too: an override cannot be one stage's alone. They go on at once,
 * before anything is drawn or anything heavy is loaded (docs/decisions/012).
 */
const inForce = await createStore()
  .get('inForce')
  .catch(() => undefined);
if (inForce && !isPupil(inForce.stage)) await goToTheirs();
else {
  const { begin } = await import('./begin.tsx');
  await begin();
}
