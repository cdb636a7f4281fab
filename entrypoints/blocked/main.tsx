import { mayAsk } from '../../components/blocked/may-ask.ts';
import { afterPaint } from '../page/after-paint.ts';
import { remembered } from '../page/remembered.ts';
import { closed, put } from './put.tsx';
import { whyFromRule } from './why.ts';

/**
 * The words come first: this script and what it imports carry neither zod nor tldts, and read nothing but the address
 * and what the last page of ours drew by. What really holds, `holding.ts` reads once they are on the screen.
 */
const query = new URLSearchParams(location.search);

if (!query.has('self')) {
  // Chrome shows an error on reload of a page that a link led to, unless the page gave itself its address
  // (CHROME-FACTS 18). Writing it is enough, and a whole navigation quicker than going there.
  const hash = location.href.indexOf('#');
  const fragment = hash < 0 ? '' : location.href.slice(hash);
  query.set('self', '1');
  history.replaceState(null, '', `${location.pathname}?${query}${fragment}`);
}

/** On the screen at once, by the rule's own word. */
function firstLook(): boolean {
  const known = remembered();
  // That nobody may go on has two reasons, and the rule does not say which: a child must not read the wrong one first.
  if (!known || closed.tier === 'suspended') return false;
  const why = whyFromRule(closed, known);
  // Whether somebody leads a lesson is not known yet: a button may come, and none goes away under a child's finger.
  const canAsk = mayAsk(why, closed.tier, { stage: known.stage, isLed: false });
  put(known, { why, canAsk, now: Date.now() });
  return true;
}

try {
  if (firstLook()) await afterPaint();
} catch {
  // A first look is a courtesy: what holds is drawn next.
}
const holding = await import('./holding.ts');
await holding.begin();
