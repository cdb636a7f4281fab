import { Heading } from '../pieces/heading.tsx';
import { followLink } from '../route.ts';
import { say } from '../words.ts';

export const Nowhere = () => (
  <section class="narrow">
    <Heading title={say('nowhereTitle')} />
    <p class="lead">{say('nowhereText')}</p>
    <a href="/" onClick={followLink}>
      {say('nowhereGo')}
    </a>
  </section>
);
