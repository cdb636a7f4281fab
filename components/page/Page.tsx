import type { ComponentChildren } from 'preact';
import type { ReadingLevel } from '../../rules/stages.ts';
import { Button } from '../button/Button.tsx';
import { type SceneName, scenes } from '../pictures/scenes.tsx';
import { useWords } from '../words.tsx';
import './page.css';

type PageProps = {
  level: ReadingLevel;
  scene: SceneName;
  title: string;
  /** At most two short lines below the title. */
  line?: string | undefined;
  more?: ComponentChildren;
  /** Reads the page's words to the child; without it no such button shows (FIELD N1). */
  readAloud?: ((text: string) => void) | undefined;
  /** The title changes while the page stands, and a screen reader should say so. */
  live?: boolean;
  /** A row over the whole width of the card, below picture and words. */
  across?: ComponentChildren;
  /** What the child can do here. */
  children?: ComponentChildren;
  below?: ComponentChildren;
};

/** Every child's page: a picture to the left, one thing to read, one thing to do, small print below. */
export function Page({
  level,
  scene,
  title,
  line,
  more,
  readAloud,
  live,
  across,
  children,
  below,
}: PageProps) {
  const words = useWords();
  const Scene = scenes[scene];
  return (
    <div class={`page ${level}`}>
      <main class="page-card">
        <div class="page-picture">
          <Scene />
        </div>
        <div class="page-words">
          <div class="page-said" role={live ? 'status' : undefined}>
            <h1>{title}</h1>
            {line && (
              <p class="page-line">
                <bdi>{line}</bdi>
              </p>
            )}
          </div>
          {more && <div class="page-more">{more}</div>}
          {children}
          {readAloud && (
            <Button
              look={children ? 'quiet' : 'second'}
              picture="read-aloud"
              onPress={() => readAloud([title, line].filter(Boolean).join(' '))}
            >
              {words('read_aloud')}
            </Button>
          )}
        </div>
        {across && <div class="page-across">{across}</div>}
      </main>
      <footer class="page-below">{below}</footer>
    </div>
  );
}
