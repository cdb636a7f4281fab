import { useWords } from '../words.tsx';
import '../button/button.css';
import './notice-link.css';

/** The way to what is recorded, as small print on every page that a child meets (promise 11). */
export const NoticeLink = ({ onNotice }: { onNotice: () => void }) => {
  const words = useWords();
  return (
    <p class="notice-link print">
      <button type="button" class="link-button" onClick={onNotice}>
        {words('notice_link')}
      </button>
    </p>
  );
};
