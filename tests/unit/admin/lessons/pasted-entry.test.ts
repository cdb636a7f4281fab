import { expect, test } from 'vitest';
import { readPastedEntry } from '../../../../admin/lessons/pasted-entry.ts';

test('a pasted address is read as it is added: what follows # goes, a whole suffix is refused', () => {
  expect(readPastedEntry(' museum.example/fossils#top ', false)).toEqual({
    ok: true,
    entry: 'museum.example/fossils',
  });
  expect(readPastedEntry('co.uk', false)).toMatchObject({ ok: false, code: 'unreadable-site' });
});

test('for the youngest it names a page or a path, not the whole site', () => {
  expect(readPastedEntry('museum.example', true)).toEqual({ ok: false, code: 'whole-host' });
  expect(readPastedEntry('museum.example/?*', true)).toEqual({ ok: false, code: 'whole-host' });
  expect(readPastedEntry('museum.example', false).ok).toBe(true);
  expect(readPastedEntry('museum.example/fossils', true).ok).toBe(true);
});
