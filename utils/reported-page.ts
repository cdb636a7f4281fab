/** In place of a report's id: the disk did not take it. The page goes all the same, and a grown-up has to hear of it. */
export const NOT_KEPT = 'not-kept';

/** The page that thanks, or that says that a report could not be kept. */
export const reportedPage = (id: string): string =>
  id === NOT_KEPT ? `reported.html?${NOT_KEPT}` : `reported.html?id=${id}`;
