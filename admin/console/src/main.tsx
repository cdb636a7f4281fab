import '../../../components/font.css';
import '../../../components/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/lone.css';
import './styles/sheet.css';
import './styles/inbox.css';
import './styles/item.css';
import './styles/people.css';
import './styles/seats.css';
import './styles/lists.css';
import './styles/test.css';
import './styles/lessons.css';
import './styles/openings.css';
import './styles/classes.css';
import './styles/timetable.css';
import { render } from 'preact';
import { z } from 'zod';
import { createApi } from './api.ts';
import { createAskingModel } from './asking.ts';
import { Console } from './console.tsx';
import { createDecidingModel } from './deciding.ts';
import { HouseContext } from './house.ts';
import { createInbox } from './inbox.ts';
import { createLessonsModel } from './lessons.ts';
import { keepTime } from './now.ts';
import { followAddress, goTo } from './route.ts';
import { createSession } from './session.ts';

// zod would compile its checks with `new Function`, which the console's content security policy forbids.
z.config({ jitless: true });

const api = createApi(
  (...request) => fetch(...request),
  () => session.ended(),
);
const session = createSession(api, () => goTo('/', 'replace'));
const inbox = createInbox(api);
const lessons = createLessonsModel(api);
const asking = createAskingModel(api);
const deciding = createDecidingModel(api);

followAddress();
keepTime();
void session.refresh();

const place = document.getElementById('console');
if (place)
  render(
    <HouseContext.Provider value={{ api, session, inbox, lessons, asking, deciding }}>
      <Console />
    </HouseContext.Provider>,
    place,
  );
