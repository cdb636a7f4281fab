/** Longer than any line of an honest list; one that is longer is counted and never held in memory. */
export const LINE_AT_MOST = 4_096;

/**
 * Cuts text into lines as it arrives, holding one line at most. The text is bytes read as Latin-1, which never fails;
 * a line that is really UTF-8 is read as that.
 */
export function createLines(onLine: (line: string) => void, atMost = LINE_AT_MOST) {
  let rest = '';
  let skipping = false;
  let tooLong = 0;
  let first = true;

  const give = (line: string, ascii: boolean) => {
    const bare = line.charCodeAt(line.length - 1) === 13 ? line.slice(0, -1) : line;
    onLine(ascii ? bare : utf8OrLatin1(bare));
  };
  return {
    push(chunk: string): void {
      let from = 0;
      if (first && chunk !== '') {
        // A byte order mark is no part of the first name.
        if (chunk.startsWith('\u00ef\u00bb\u00bf')) from = 3;
        first = false;
      }
      const ascii = isAscii(chunk) && isAscii(rest);
      for (let end = chunk.indexOf('\n', from); end >= 0; end = chunk.indexOf('\n', from)) {
        if (skipping) skipping = false;
        else if (rest.length + end - from > atMost) tooLong++;
        else give(rest === '' ? chunk.slice(from, end) : rest + chunk.slice(from, end), ascii);
        rest = '';
        from = end + 1;
      }
      if (skipping) return;
      if (rest.length + chunk.length - from > atMost) {
        skipping = true;
        tooLong++;
        rest = '';
      } else rest += chunk.slice(from);
    },
    end(): void {
      if (!skipping && rest !== '') give(rest, isAscii(rest));
      rest = '';
    },
    /** How many lines were longer than allowed. */
    tooLong: () => tooLong,
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what is beyond ASCII is the question.
const isAscii = (text: string): boolean => !/[^\x00-\x7f]/.test(text);

/** Bytes as Latin-1 text, read again as the UTF-8 that they mostly are. */
export function utf8OrLatin1(text: string): string {
  if (isAscii(text)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
    );
  } catch {
    return text;
  }
}
