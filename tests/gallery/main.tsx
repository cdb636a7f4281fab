import { render } from 'preact';
import { WordsProvider, wordsFrom } from '../../components/words.tsx';
import messages from '../../public/_locales/en/messages.json';
import { states } from './states.tsx';

/** `#<state>` shows one state as it is on the device; without one, the list of all. */
const name = decodeURIComponent(location.hash.slice(1));
const state = states[name];
const root = document.getElementById('gallery');
window.addEventListener('hashchange', () => location.reload());

if (root)
  render(
    state ? (
      <WordsProvider words={wordsFrom(messages)}>{state}</WordsProvider>
    ) : (
      <ul>
        {Object.keys(states).map((key) => (
          <li key={key}>
            <a href={`#${key}`}>{key}</a>
          </li>
        ))}
      </ul>
    ),
    root,
  );
if (name.startsWith('status')) document.documentElement.classList.add('console');
