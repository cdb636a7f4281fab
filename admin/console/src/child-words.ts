import { type Words, wordsFrom } from '../../../components/words.tsx';
import messages from '../../../public/_locales/en/messages.json';

/** What the extension's pages say: for showing an adult what a child reads, and nothing else. */
export const childWords: Words = wordsFrom(messages);
