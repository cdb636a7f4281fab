import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ClosedPage, type ClosedPageProps } from '../../../../components/blocked/ClosedPage.tsx';
import closedStyle from '../../../../components/blocked/closed.css?inline';
import codeStyle from '../../../../components/blocked/code.css?inline';
import buttonStyle from '../../../../components/button/button.css?inline';
import helpStyle from '../../../../components/help/help.css?inline';
import noticeLinkStyle from '../../../../components/notice/notice-link.css?inline';
import pageStyle from '../../../../components/page/page.css?inline';
import picturesStyle from '../../../../components/pictures/pictures.css?inline';
import { WordsProvider } from '../../../../components/words.tsx';
import { childWords } from '../child-words.ts';

/** A Chromebook's screen, and for a narrow console the narrow window that the page knows, too. */
const screens = { wide: { width: 1366, height: 768 }, narrow: { width: 600, height: 700 } } as const;
const NARROW_BELOW = 520;

type Screen = (typeof screens)[keyof typeof screens];

/**
 * The children's styles as for a screen of this size: what asks the browser's window is answered here, and the root
 * is the preview's, so that it stays light.
 */
function styleFor({ width, height }: Screen): string {
  const narrow = width <= 720 ? 'all' : 'not all';
  return [pageStyle, buttonStyle, closedStyle, codeStyle, helpStyle, noticeLinkStyle, picturesStyle]
    .join('\n')
    .replace(/:root/g, ':host')
    .replace(/@media\s*\(max-height:\s*\d+px\)/g, '@media not all')
    .replace(/@media\s*\(max-width:\s*\d+px\)/g, `@media ${narrow}`)
    .replace(/([\d.]+)vh\b/g, (_, share: string) => `${(Number(share) * height) / 100}px`)
    .replace(/([\d.]+)vw\b/g, (_, share: string) => `${(Number(share) * width) / 100}px`);
}

/** The block page as the child sees it, smaller, and to look at only. */
export function ChildPage(props: ClosedPageProps) {
  const frame = useRef<HTMLDivElement>(null);
  const page = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(0);

  useEffect(() => {
    const watched = frame.current;
    if (!watched) return;
    const watch = new ResizeObserver(() => setRoom(watched.clientWidth));
    watch.observe(watched);
    return () => watch.disconnect();
  }, []);

  const screen = room < NARROW_BELOW ? screens.narrow : screens.wide;
  useEffect(() => {
    const place = page.current;
    if (!place || room === 0) return;
    const tree = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
    const style = new CSSStyleSheet();
    style.replaceSync(styleFor(screen));
    tree.adoptedStyleSheets = [style];
    render(
      <WordsProvider words={childWords}>
        <ClosedPage {...props} />
      </WordsProvider>,
      tree,
    );
  });
  useEffect(() => () => page.current?.shadowRoot && render(null, page.current.shadowRoot), []);

  return (
    <div class="child-page" ref={frame} inert aria-hidden="true">
      <div ref={page} style={{ width: `${screen.width}px`, zoom: room / screen.width || 1 }} />
    </div>
  );
}
