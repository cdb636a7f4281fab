import type { ReadingLevel } from '../../rules/stages.ts';
import { Button } from '../button/Button.tsx';
import { Page } from '../page/Page.tsx';
import { useWords } from '../words.tsx';

type NothingToReportProps = {
  level: ReadingLevel;
  onBack?: (() => void) | undefined;
  readAloud?: ((text: string) => void) | undefined;
};

/** The button was pressed on a page of the computer's own, which has nothing to report. Said kindly. */
export function NothingToReport({ level, onBack, readAloud }: NothingToReportProps) {
  const words = useWords();
  const early = level === 'early';
  return (
    <Page
      level={level}
      scene="calm-window"
      title={words(early ? 'early_nothing' : 'nothing')}
      line={early ? undefined : words('nothing_line')}
      readAloud={readAloud}
    >
      {onBack && (
        <div class="page-acts">
          <Button picture="back" onPress={onBack}>
            {words('go_back')}
          </Button>
        </div>
      )}
    </Page>
  );
}
