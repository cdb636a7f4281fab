/**
 * The block page of an extension, as every rule that closes a page names it. `runtime.getURL` would name another, which
 * changes with each start: the page is one of `use_dynamic_url` (CHROME-FACTS 1).
 */
export const blockPageOf = (extensionId: string): string => `chrome-extension://${extensionId}/blocked.html`;
