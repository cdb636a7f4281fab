import { ArrowLeft } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Act, InboxItem } from '../../../console-wire.ts';
import { useHouse } from '../house.ts';
import { inboxAddress } from '../inbox.ts';
import type { PageProps } from '../pages.tsx';
import { Covered } from '../pieces/covered.tsx';
import { Facts } from '../pieces/facts.tsx';
import { Heading } from '../pieces/heading.tsx';
import { KindIcon } from '../pieces/icons.tsx';
import { ItemActs } from '../pieces/item-acts.tsx';
import { Log } from '../pieces/log.tsx';
import { Problem } from '../pieces/problem.tsx';
import { StateTag, UrgencyTag } from '../pieces/said.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { When } from '../pieces/when.tsx';
import { useReading } from '../reading.ts';
import { followLink, goTo } from '../route.ts';
import { say } from '../words.ts';
import { Nowhere } from './nowhere.tsx';

/** What is this one, and what becomes of it? */
export function ItemPage({ search }: PageProps) {
  const id = search.get('id');
  return id ? <Item id={id} /> : <Nowhere />;
}

function Item({ id }: { id: string }) {
  const { api, inbox } = useHouse();
  const item = useReading(id, () => api.item(id));
  const [refused, setRefused] = useState<Act | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const changes = inbox.changes.value;
  useEffect(() => {
    if (changes > 0) item.again();
  }, [changes]);

  async function act(next: Act): Promise<boolean> {
    const done = await inbox.act(next);
    setRefused(done ? null : next);
    item.again();
    return done;
  }

  /**
   * Judged: back to the list, where the next one waits and the act can be undone. A note that was typed and not
   * saved goes with it.
   */
  async function settle(what: 'no-concern' | 'done'): Promise<void> {
    const note = box.current?.value.trim() ?? '';
    if (note && !(await act({ act: 'note', ids: [id], note }))) return;
    if (box.current) box.current.value = '';
    if (await act({ act: what, ids: [id] })) goTo(inboxAddress(inbox.filter.value));
  }

  const found = item.value;
  const code = refused ? (inbox.refused.value?.code ?? null) : item.problem;
  return (
    <section class="item">
      <a class="back" href={inboxAddress(inbox.filter.value)} onClick={followLink}>
        <ArrowLeft class="icon" size={16} aria-hidden="true" />
        {say('backToInbox')}
      </a>
      {code && <Problem code={code} again={refused ? () => void act(refused) : item.again} />}
      {!found && !code && <Skeleton lines={6} />}
      {found && (
        <>
          <Top item={found}>
            <ItemActs
              item={found}
              settle={(what) => void settle(what)}
              reopen={() => void act({ act: 'reopen', ids: [id] })}
            />
          </Top>
          <div class="item-columns">
            <div class="item-main">
              <Covered key={id} id={id} kind={found.kind} revealed={item.again} />
              <Facts item={found} />
            </div>
            <Log item={found} box={box} note={(note) => act({ act: 'note', ids: [id], note })} />
          </div>
        </>
      )}
    </section>
  );
}

function Top({ item, children }: { item: InboxItem; children: ComponentChildren }) {
  const kind = item.kind === 'request' ? 'request' : item.what.replace('-', '_');
  return (
    <div class="item-top">
      <div>
        <Heading title={item.host} tab={say(`itemKinds_${kind}`)} />
        <p class="item-kind">
          <KindIcon row={item} />
          <span>{say(`itemKinds_${kind}`)}</span>
          <When at={item.receivedAt} />
          <UrgencyTag urgency={item.urgency} />
          <StateTag state={item.state} />
        </p>
      </div>
      <div class="item-acts">{children}</div>
    </div>
  );
}
