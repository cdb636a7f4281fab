import { LockOpen, Plus } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { may } from '../../../roles.ts';
import type { UnblockLine } from '../../../unblocks/wire.ts';
import { announce } from '../announce.ts';
import { momentWords } from '../ends.ts';
import { useHouse, useMe } from '../house.ts';
import { now } from '../now.ts';
import { openingsApi, sortUnblocks } from '../openings.ts';
import { AskUnblock } from '../pieces/ask-unblock.tsx';
import { Decide } from '../pieces/decide.tsx';
import { EndsEarly } from '../pieces/ends-early.tsx';
import { Heading } from '../pieces/heading.tsx';
import { Problem } from '../pieces/problem.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { UnblockThing } from '../pieces/unblock-thing.tsx';
import { useClasses, useEvery, useReading } from '../reading.ts';
import { say } from '../words.ts';

/** What is open for a period of study and ends when, and what waits for a yes or no? */
export function UnblocksPage() {
  const { api, deciding, lessons } = useHouse();
  const me = useMe();
  const openings = openingsApi(api);
  const read = useReading('unblocks', openings.unblocks);
  useEvery(read.again);
  useClasses(lessons, may(me.role, 'ask-unblock'));
  const [isAsking, setIsAsking] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const decides = may(me.role, 'decide-unblock');
  const lines = read.value?.unblocks;
  const sorted = lines && sortUnblocks(lines, now.value.getTime());

  function done(words: string): void {
    setSaid(words);
    announce(words);
    read.again();
    void deciding.refresh(me.role);
  }
  const endOf = (line: UnblockLine) =>
    (line.mine || decides) && (
      <EndsEarly
        act={say(line.state === 'asked' ? 'unblocksTakeBack' : 'unblocksEnd')}
        label={say('unblocksEndLabel', hostsOf(line), line.group.name)}
        says={say(
          line.state === 'asked' ? 'unblocksTakeBackSays' : 'unblocksEndSays',
          line.group.name,
          hostsOf(line),
        )}
        end={async () => {
          const answer = await openings.endUnblock(line.id);
          if (answer.ok) done(say('unblocksEnded', hostsOf(line), line.group.name));
          return answer;
        }}
      />
    );

  return (
    <section class="openings">
      <Heading title={say('unblocksTitle')} waiting={deciding.unblocks.value}>
        {may(me.role, 'ask-unblock') && (
          <button
            type="button"
            class="button main heading-act"
            aria-expanded={isAsking}
            onClick={() => setIsAsking(!isAsking)}
          >
            <Plus class="icon" size={16} aria-hidden="true" />
            {say('unblocksAsk')}
          </button>
        )}
      </Heading>
      {read.problem && <Problem code={read.problem} again={read.again} />}
      {said && <p class="good">{said}</p>}
      {isAsking && lessons.classes.value && (
        <AskUnblock
          classes={lessons.classes.value.classes}
          onAsked={() => {
            setIsAsking(false);
            done(say('unblocksAsked'));
          }}
        />
      )}
      {!sorted && !read.problem && <Skeleton lines={6} />}
      {sorted && lines.length === 0 && (
        <div class="empty">
          <LockOpen class="empty-picture" size={28} aria-hidden="true" />
          <h2>{say('unblocksEmptyTitle')}</h2>
          <p>{say(decides ? 'unblocksEmptyTextDecides' : 'unblocksEmptyText')}</p>
        </div>
      )}
      {sorted && lines.length > 0 && (
        <>
          <Part title={say('unblocksOpen')} empty={say('unblocksNoneOpen')}>
            {sorted.open.map((line) => (
              <UnblockThing key={line.id} line={line}>
                {endOf(line)}
              </UnblockThing>
            ))}
          </Part>
          {sorted.waiting.length > 0 && (
            <Part title={say('unblocksWaiting')}>
              {sorted.waiting.map((line) => (
                <UnblockThing key={line.id} line={line}>
                  {decides && !line.mine ? (
                    <Decide
                      label={say('unblocksDecide', hostsOf(line), line.group.name)}
                      yes={say('unblocksYes', line.group.name, momentWords(line.endsAt, now.value))}
                      no={say('unblocksNo')}
                      decide={async (given) => {
                        const answer = await openings.decideUnblock(line.id, given);
                        if (answer.ok)
                          done(
                            say(
                              given.yes ? 'unblocksSaidYes' : 'unblocksSaidNo',
                              hostsOf(line),
                              line.group.name,
                              line.askedBy,
                            ),
                          );
                        return answer;
                      }}
                    />
                  ) : (
                    <>
                      {line.mine && decides && <p class="soft">{say('unblocksOwn')}</p>}
                      {endOf(line)}
                    </>
                  )}
                </UnblockThing>
              ))}
            </Part>
          )}
          {sorted.later.length > 0 && (
            <Part title={say('unblocksLater')}>
              {sorted.later.map((line) => (
                <UnblockThing key={line.id} line={line}>
                  {endOf(line)}
                </UnblockThing>
              ))}
            </Part>
          )}
          {sorted.over.length > 0 && (
            <details class="over">
              <summary>{say('unblocksOver', String(sorted.over.length))}</summary>
              <ul class="thing-list">
                {sorted.over.map((line) => (
                  <UnblockThing key={line.id} line={line} />
                ))}
              </ul>
            </details>
          )}
        </>
      )}
    </section>
  );
}

const hostsOf = ({ entries }: UnblockLine): string => entries.map(({ entry }) => entry).join(', ');

function Part({
  title,
  empty,
  children,
}: {
  title: string;
  /** What stands here while there is none. */
  empty?: string;
  children: ComponentChildren[];
}) {
  return (
    <>
      <h2 class="part-title">{title}</h2>
      {children.length > 0 ? <ul class="thing-list">{children}</ul> : <p class="soft">{empty}</p>}
    </>
  );
}
