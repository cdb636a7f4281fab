import type { browser } from 'wxt/browser';

/** The extension API, as an argument: a test hands in its own. */
export type Chrome = typeof browser;
