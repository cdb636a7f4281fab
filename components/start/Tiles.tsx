import { useEffect, useState } from 'preact/hooks';
import type { Tile } from '../../rules/open-now.ts';
import { Small } from '../pictures/small.tsx';
import { useWords } from '../words.tsx';
import { TilePicture } from './TilePicture.tsx';

/** So few have room to be big. */
const BIG = 4;

type TilesProps = { tiles: readonly Tile[]; label: string; atOnce: number };

/** Pages as tiles, as many as fit; the last tile turns to the next ones, so that nothing scrolls. */
export function Tiles({ tiles, label, atOnce }: TilesProps) {
  const words = useWords();
  const [turned, turn] = useState(0);
  const fits = tiles.length <= atOnce;
  const each = fits ? atOnce : atOnce - 1;
  const pages = Math.max(1, Math.ceil(tiles.length / each));
  const page = turned % pages;
  // Another shelf, or another lesson: from its beginning.
  useEffect(() => turn(0), [label]);
  return (
    <ul class={`tiles ${tiles.length <= BIG ? 'tiles-big' : ''}`} aria-label={label}>
      {tiles.slice(page * each, (page + 1) * each).map(({ title, address }) => (
        <li key={address}>
          <a class="tile" href={address} rel="noreferrer">
            <TilePicture title={title} />
            <bdi class="clamped">{title}</bdi>
          </a>
        </li>
      ))}
      {!fits && (
        <li key="more">
          <button class="tile tile-more" type="button" onClick={() => turn(page + 1)}>
            <Small name="onward" />
            <span>{words('start_more')}</span>
          </button>
        </li>
      )}
    </ul>
  );
}
