import { browser } from 'wxt/browser';
import { NoticePage } from '../../components/notice/NoticePage.tsx';
import { readingLevel } from '../../rules/stage-names.ts';
import { createDevice } from '../../utils/device.ts';
import { helpersIn, helplinesFor } from '../page/people.ts';
import { readAloud } from '../page/read-aloud.ts';
import { show, words } from '../page/show.tsx';

/** What is recorded, by what this device holds: it needs no worker and no network. */
const { held, situation } = await createDevice(browser, Date.now).enforcement.read();
show(
  words('title_notice'),
  <NoticePage
    level={readingLevel(situation.stage)}
    kept={held.policy?.retention ?? null}
    helpers={helpersIn(held.policy)}
    helplines={helplinesFor(held.policy, situation.stage)}
    onBack={history.length > 1 ? () => history.back() : undefined}
    readAloud={readAloud}
  />,
);
