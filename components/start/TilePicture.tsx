/** Grounds and letters that keep 4.5 : 1 in the token colours; `start.css` paints them. */
const paints = ['teal', 'sun', 'leaf', 'deep', 'mist'] as const;

/** Shapes that a child who cannot read yet tells apart. 96 × 96 units. */
const shapes = [
  'M12 92V48a36 36 0 0 1 72 0v44z',
  'M48 6a42 42 0 1 1 0 84 42 42 0 1 1 0-84z',
  'M10 22a12 12 0 0 1 12-12h52a12 12 0 0 1 12 12v52a12 12 0 0 1-12 12H22a12 12 0 0 1-12-12z',
  'M48 4l40 22v44L48 92 8 70V26z',
  'M8 10h80a4 4 0 0 1 4 5L80 84a6 6 0 0 1-6 5H22a6 6 0 0 1-6-5L4 15a4 4 0 0 1 4-5z',
] as const;

/** The same title has the same picture on every computer of the class: "the green round one". */
function markOf(title: string): number {
  let mark = 0x811c9dc5;
  for (let at = 0; at < title.length; at += 1) mark = Math.imul(mark ^ title.charCodeAt(at), 0x01000193);
  return mark >>> 0;
}

/** The letters that stand for a title: "BB" for BBC Bitesize, "P" for Phonics. */
export function lettersOf(title: string): string {
  const words = title.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .slice(0, 2)
    .map((word) => [...word][0])
    .join('')
    .toLocaleUpperCase('en-GB');
}

/** A picture made from a title alone: nothing is fetched from the site (issue 4.9). */
export function TilePicture({ title }: { title: string }) {
  const mark = markOf(title);
  const paint = paints[mark % paints.length];
  const shape = shapes[Math.floor(mark / paints.length) % shapes.length];
  return (
    <svg class={`tile-picture tile-${paint}`} viewBox="0 0 96 96" aria-hidden="true" focusable="false">
      <path d={shape} />
      <text x="48" y="52" text-anchor="middle" dominant-baseline="middle">
        {lettersOf(title)}
      </text>
    </svg>
  );
}
