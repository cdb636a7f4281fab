/** Chrome takes no longer address; what is longer is no line that anybody wrote. */
const LONGEST = 2_097_152;

/**
 * Cuts a stream into lines, holding one at a time. A line that is longer than Chrome takes comes as null, and is
 * never held.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array | string>,
  longest = LONGEST,
): AsyncGenerator<string | null> {
  const decoder = new TextDecoder();
  let rest = '';
  let tooLong = false;
  for await (const chunk of chunks) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const pieces = text.split('\n');
    const last = pieces.pop() ?? '';
    for (const piece of pieces) {
      yield tooLong || rest.length + piece.length > longest ? null : (rest + piece).replace(/\r$/, '');
      rest = '';
      tooLong = false;
    }
    if (tooLong || rest.length + last.length > longest) {
      rest = '';
      tooLong = true;
    } else rest += last;
  }
  if (tooLong) yield null;
  else if (rest !== '') yield rest;
}
