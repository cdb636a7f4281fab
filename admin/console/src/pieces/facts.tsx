import type { ComponentChildren } from 'preact';
import type { InboxItem } from '../../../console-wire.ts';
import { categoryWords, whoWords } from '../item-words.ts';
import { now } from '../now.ts';
import { verdictSentence } from '../verdict.ts';
import { exact } from '../when.ts';
import { plural, say } from '../words.ts';
import { Said } from './said.tsx';

/** A click this much before its arrival means that the device was offline, or that its clock is wrong. */
const lateMs = 2 * 60_000;

export function Facts({ item }: { item: InboxItem }) {
  const late = Math.abs(Date.parse(item.receivedAt) - Date.parse(item.at)) > lateMs;
  const category = item.verdict.category ?? item.category;
  const { policy, catalogue, orders } = item.versions;
  const none = say('factNone');
  return (
    <section class="facts" aria-labelledby="facts-title">
      <h2 id="facts-title">{say('factsTitle')}</h2>
      <dl>
        <Fact name={say('factSaid')}>
          {item.answers.length > 0 ? <Said answers={item.answers} /> : say('factSaidNothing')}
        </Fact>
        <Fact name={say('factFrom')}>{whoWords(say, item)}</Fact>
        <Fact name={say('factVerdict')}>{verdictSentence(say, item)}</Fact>
        {category && <Fact name={say('factCategory')}>{categoryWords(say, category)}</Fact>}
        {item.lesson && <Fact name={say('factLesson')}>{item.lesson}</Fact>}
        {item.openedFrom && <Fact name={say('factOpenedFrom')}>{item.openedFrom}</Fact>}
        {item.count > 1 && <Fact name={say('factCount')}>{plural(say, 'times', item.count)}</Fact>}
        {item.returned && <Fact name={say('factReturned')}>{say('factReturnedText')}</Fact>}
        <Fact name={say('factReceived')}>{exact(new Date(item.receivedAt), now.value)}</Fact>
        {late && (
          <Fact name={say('factClicked')}>{say('factClickedLate', exact(new Date(item.at), now.value))}</Fact>
        )}
        <Fact name={say('factSeat')}>
          <span class="code">{item.seat}</span>
        </Fact>
        <Fact name={say('factVersions')}>
          {say('factVersionsText', policy ?? none, catalogue ?? none, orders ?? none)}
        </Fact>
      </dl>
    </section>
  );
}

const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
