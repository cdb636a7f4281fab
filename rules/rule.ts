/** The part of Chrome's declarativeNetRequest rule that we use, as plain data. */
export type ResourceType =
  | 'main_frame'
  | 'sub_frame'
  | 'object'
  | 'stylesheet'
  | 'script'
  | 'image'
  | 'font'
  | 'xmlhttprequest'
  | 'ping'
  | 'csp_report'
  | 'media'
  | 'websocket'
  | 'webtransport'
  | 'webbundle'
  | 'other';

/** HTML in `<object>` and `<embed>` is a frame by another name (CHROME-FACTS 4). */
export const frameTypes: readonly ResourceType[] = ['sub_frame', 'object'];
export const resourceTypes: readonly ResourceType[] = [
  'stylesheet',
  'script',
  'image',
  'font',
  'xmlhttprequest',
  'ping',
  'csp_report',
  'media',
  'websocket',
  'webtransport',
  'webbundle',
  'other',
];
/** Every type but the page itself. */
export const insideTypes: readonly ResourceType[] = [...frameTypes, ...resourceTypes];
export const allTypes: readonly ResourceType[] = ['main_frame', ...insideTypes];

export type Condition = {
  requestDomains?: readonly string[];
  excludedRequestDomains?: readonly string[];
  topDomains?: readonly string[];
  excludedTopDomains?: readonly string[];
  initiatorDomains?: readonly string[];
  urlFilter?: string;
  regexFilter?: string;
  isUrlFilterCaseSensitive?: boolean;
  /** Never left out: without it a rule does not see pages (CHROME-FACTS 2). */
  resourceTypes: readonly ResourceType[];
};

/** First `removeParams` go, then the others are put at the end. */
export type QueryTransform = { removeParams: string[]; addOrReplaceParams: { key: string; value: string }[] };

export type Rule = {
  id: number;
  priority: number;
  action:
    | { type: 'allow' | 'block' }
    | {
        type: 'redirect';
        redirect: { regexSubstitution: string } | { transform: { queryTransform: QueryTransform } };
      }
    | { type: 'modifyHeaders'; requestHeaders: { header: string; operation: 'set'; value: string }[] };
  condition: Condition;
};
