import type { OpenNow } from '../../rules/open-now.ts';
import { Button } from '../button/Button.tsx';
import { NoticeLink } from '../notice/NoticeLink.tsx';
import { useWords } from '../words.tsx';
import { Tiles } from './Tiles.tsx';

/** As many as a child of five looks through; two rows of big ones. */
const AT_ONCE = 8;

type EarlyTilesProps = {
  open: OpenNow;
  moment: (at: number) => string;
  readAloud?: ((text: string) => void) | undefined;
  onNotice: () => void;
};

/** EYFS and KS1: the lesson's pages as pictures, and somebody to read them out. */
export function EarlyTiles({ open: { shelves, led }, moment, readAloud, onNotice }: EarlyTilesProps) {
  const words = useWords();
  const tiles = shelves.flatMap((shelf) => shelf.tiles);
  const title = words('early_start');
  return (
    <div class={`page start early ${tiles.length <= 4 ? 'start-few' : ''}`}>
      <main class="start-main">
        <header class="start-head">
          <div role="status">
            <h1>{title}</h1>
          </div>
          {readAloud && (
            <Button
              look="quiet"
              picture="read-aloud"
              onPress={() => readAloud([title, ...tiles.map((tile) => `${tile.title}.`)].join(' '))}
            >
              {words('read_aloud')}
            </Button>
          )}
        </header>
        <Tiles tiles={tiles} label={title} atOnce={AT_ONCE} />
      </main>
      <footer class="page-below">
        {led && (
          <p class="print">
            <bdi>{words('start_led_until', led.by, moment(led.until))}</bdi>
          </p>
        )}
        <NoticeLink onNotice={onNotice} />
      </footer>
    </div>
  );
}
