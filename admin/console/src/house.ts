import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Me } from '../../console-wire.ts';
import type { Api } from './api.ts';
import type { AskingModel } from './asking.ts';
import type { DecidingModel } from './deciding.ts';
import type { InboxModel } from './inbox.ts';
import type { LessonsModel } from './lessons.ts';
import type { SessionModel } from './session.ts';

/** What the pages share; made once, in `main.tsx`. */
export type House = {
  api: Api;
  session: SessionModel;
  inbox: InboxModel;
  lessons: LessonsModel;
  asking: AskingModel;
  deciding: DecidingModel;
};

export const HouseContext = createContext<House | null>(null);

export function useHouse(): House {
  const house = useContext(HouseContext);
  if (!house) throw new Error('a page stands outside the house');
  return house;
}

/** Who is signed in. Pages stand inside only then. */
export function useMe(): Me {
  const current = useHouse().session.session.value;
  if (current.state !== 'in') throw new Error('a page stands open while nobody is signed in');
  return current.me;
}
