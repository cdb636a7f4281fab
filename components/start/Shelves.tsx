import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { OpenNow, Shelf } from '../../rules/open-now.ts';
import { Small } from '../pictures/small.tsx';
import { useWords, type Words } from '../words.tsx';
import { Tiles } from './Tiles.tsx';

/** Three rows of four: what 1024 × 600 holds beside the words. */
const AT_ONCE = 12;

type ShelvesProps = {
  level: 'early' | 'junior' | 'senior';
  open: OpenNow;
  moment: (at: number) => string;
  below: ComponentChildren;
};

/** KS2 and above: one shelf of tiles in view, the others one press away. */
export function Shelves({ level, open, moment, below }: ShelvesProps) {
  const words = useWords();
  const { led, shelves, search, isWide } = open;
  const [chosen, choose] = useState<string | null>(null);
  const ids = shelves.map(({ tiles: _, ...itself }) => JSON.stringify(itself));
  // What was chosen may have closed meanwhile: then the first one, which is the lesson's.
  const at = Math.max(0, chosen === null ? 0 : ids.indexOf(chosen));
  const shelf = shelves[at];
  const line = lineOf(open, words, moment);
  return (
    <div class={`page start ${level}`}>
      <main class="start-main">
        <header class="start-head">
          <div role="status">
            <h1>
              <bdi class="clamped clamped-short">{titleOf(led, words)}</bdi>
            </h1>
            {line && <p class="page-line">{line}</p>}
          </div>
          {search && (
            <a class="start-search" href={search.address} rel="noreferrer">
              <Small name="search" />
              {words('start_search', search.title)}
            </a>
          )}
        </header>
        {shelves.length > 1 && (
          <nav class="shelves" aria-label={words('start_shelves')}>
            {shelves.map((one, index) => (
              <button
                key={ids[index]}
                type="button"
                aria-pressed={index === at}
                onClick={() => choose(ids[index] ?? null)}
              >
                <bdi>{nameOf(one, words)}</bdi>
              </button>
            ))}
          </nav>
        )}
        {shelf?.what === 'homework' && (
          <p class="start-task">
            <bdi class="clamped clamped-short">
              {words('start_homework', shelf.task, moment(shelf.due), shelf.by)}
            </bdi>
          </p>
        )}
        {shelf ? (
          <Tiles tiles={shelf.tiles} label={nameOf(shelf, words)} atOnce={AT_ONCE} />
        ) : (
          !isWide && <p>{words('start_nothing')}</p>
        )}
      </main>
      <footer class="page-below">{below}</footer>
    </div>
  );
}

const titleOf = (led: OpenNow['led'], words: Words): string => {
  if (!led) return words('start_alone');
  return led.title ? words('start_hour', led.title, led.by) : words('start_lesson', led.by);
};

const lineOf = ({ led, isWide }: OpenNow, words: Words, moment: (at: number) => string): string =>
  [led && words('start_until', moment(led.until)), isWide && words('start_wide')].filter(Boolean).join(' ');

function nameOf(shelf: Shelf, words: Words): string {
  switch (shelf.what) {
    case 'lesson':
      return words('shelf_lesson');
    case 'homework':
      return words('shelf_homework', shelf.task);
    case 'granted':
      return words('shelf_granted');
    case 'services':
      return words('shelf_services');
    case 'list':
      return shelf.title;
  }
}
