/** A page that nobody sees is never painted: then this long, in milliseconds. */
const AT_LATEST_MS = 200;

/** Resolves when what has been drawn is on the screen. What is heavy waits for it: a child waits for the words. */
export const afterPaint = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, AT_LATEST_MS);
  });
