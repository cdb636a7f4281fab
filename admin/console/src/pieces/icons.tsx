import {
  AppWindow,
  CloudRain,
  DoorClosed,
  Globe,
  Hand,
  Image,
  LifeBuoy,
  Link,
  type LucideIcon,
  MessageCircleQuestionMark,
  MessageSquareWarning,
  School,
  ThumbsDown,
  UserRoundX,
} from 'lucide-preact';
import type { Answer } from '../../../../rules/wire.ts';
import type { InboxRow } from '../../../console-wire.ts';

const kinds: Record<InboxRow['what'], LucideIcon> = {
  page: Globe,
  'closed-page': DoorClosed,
  link: Link,
  image: Image,
  'pop-up': AppWindow,
  request: Hand,
};

const answers: Record<Answer, LucideIcon> = {
  'dont-like-it': ThumbsDown,
  'need-a-grown-up': LifeBuoy,
  'upset-me': CloudRain,
  'rude-violent-hateful': MessageSquareWarning,
  'someone-unkind': UserRoundX,
  'someone-asking': MessageCircleQuestionMark,
  'grown-up-at-school': School,
};

/** Beside their words, never instead of them: so they are hidden from screen readers. */
export function KindIcon({ row }: { row: Pick<InboxRow, 'kind' | 'what'> }) {
  const Picture = row.kind === 'request' ? kinds.request : kinds[row.what];
  return <Picture class="icon" size={16} aria-hidden="true" />;
}

export function AnswerIcon({ answer }: { answer: Answer }) {
  const Picture = answers[answer];
  return <Picture class="icon" size={16} aria-hidden="true" />;
}
