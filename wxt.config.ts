import type { Plugin, Rollup } from 'vite';
import { defineConfig } from 'wxt';
import { z } from 'zod';
import { extensionIdOf } from './admin/pack/key.ts';
import { fileOf, packagedRules, packagedRulesets, ruleResources } from './rules/packaged.ts';
import { Settings } from './rules/settings.ts';

/** Gives the unpacked build a stable id. Nobody has the private half; `pack` writes the school's own key. */
const developmentKey =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuQdz7QGS9h3Yeg+im/gBuqHEu5saqAi3yS9DlpeCirF8qpY+praUUYnlMYp5M3QQSYUDIeNS9GE9l/5QOHtboXW0+IjVAmlNR4PZzhKVlhWmMP0obBEs2a3d2Xx7Gm4IC+AVIeOZ3yhfBf/bkqPVUr30ozxoM6VOMVGNxTKtsikIm5K5kofSQ/yp5kWeb1YRx1MBPgW3B9n5lc36+BmnfI8H1Xc5ZR4Oa9KP1ODMKEmPnmL5Wv3/Snw5g8O5Q990zs5ExZaZ6iAp9QCdWrEYeUxJbEydUtiQfMqnZlX3HXD9myBgB7txazg8aEJmCNjWjA772R1iO8/Am0IU7UjMOQIDAQAB';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

export default defineConfig({
  imports: false,
  outDir: '.output',
  vite: () => ({ plugins: [typefaceAtOnce] }),
  manifest: {
    name: '__MSG_ext_name__',
    description: '__MSG_ext_description__',
    default_locale: 'en',
    key: developmentKey,
    // `topDomains` keeps open pages open when rules change (CHROME-FACTS 2, 3).
    minimum_chrome_version: '145',
    permissions: [
      'alarms',
      'browsingData',
      'contextMenus',
      'declarativeNetRequest',
      'enterprise.deviceAttributes',
      'identity',
      'identity.email',
      'idle',
      'notifications',
      'storage',
      'tabs',
      'unlimitedStorage',
      'webNavigation',
    ],
    host_permissions: ['<all_urls>'],
    action: { default_title: '__MSG_action_title__' },
    commands: {
      // Chrome silently drops Alt+Shift+R (CHROME-FACTS 19).
      'report-this-page': {
        suggested_key: { default: 'Alt+Shift+Y' },
        description: '__MSG_command_report__',
      },
    },
    icons: { 16: 'icons/16.png', 32: 'icons/32.png', 48: 'icons/48.png', 128: 'icons/128.png' },
    // Every profile has it; adults are sent on to Chrome's own (docs/decisions/012).
    chrome_url_overrides: { newtab: 'start.html' },
    options_ui: { page: 'status.html', open_in_tab: true },
    storage: { managed_schema: 'managed-schema.json' },
    declarative_net_request: { rule_resources: ruleResources() },
    // Links and forms reach the block page; pages can neither fetch, frame nor forge it (CHROME-FACTS 1).
    web_accessible_resources: [
      { resources: ['blocked.html'], matches: ['<all_urls>'], use_dynamic_url: true },
    ],
    content_security_policy: {
      extension_pages:
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; connect-src 'self' https: wss: http://127.0.0.1:* http://localhost:* ws://127.0.0.1:* ws://localhost:*",
    },
  },
  hooks: {
    // Script and styles that the first words need are one file each, instead of a dozen.
    'vite:build:extendConfig': (entrypoints, config) => {
      if (!entrypoints.some(({ name }) => name === 'blocked')) return;
      config.build = {
        ...config.build,
        rollupOptions: {
          ...config.build?.rollupOptions,
          output: { ...config.build?.rollupOptions?.output, manualChunks: firstWords },
        },
      };
    },
    'build:publicAssets': (_, files) => {
      const rules = packagedRules(extensionIdOf(Buffer.from(developmentKey, 'base64')));
      for (const ruleset of packagedRulesets)
        files.push({ relativeDest: fileOf(ruleset), contents: json(rules[ruleset]) });
      files.push({ relativeDest: 'managed-schema.json', contents: json(managedSchema()) });
    },
  },
});

/** Chrome takes a small part of JSON Schema: a top-level object of plain types, nothing else (FIELD F, [mst]). */
function managedSchema() {
  const { properties = {} } = z.toJSONSchema(Settings, { io: 'input' });
  const plain = Object.entries(properties).map(([name, schema]) => {
    if (typeof schema === 'boolean') return [name, {}];
    const { type, items, description } = schema;
    const list =
      type === 'array' && typeof items === 'object' && 'type' in items ? { items: { type: items.type } } : {};
    return [name, { type, description, ...list }];
  });
  return { type: 'object', properties: Object.fromEntries(plain) };
}

/** No word is on the screen before its typeface, which a browser otherwise finds out about last: from the style sheet. */
const typefaceAtOnce: Plugin = {
  name: 'typeface-at-once',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle = {} }) =>
      Object.keys(bundle)
        .filter((file) => file.endsWith('.woff2'))
        .map((file) => ({
          tag: 'link',
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `/${file}` },
          injectTo: 'head-prepend' as const,
        })),
  },
};

/** What our pages load before they show anything: all that their first scripts import, at whatever depth. */
const firstScript = /\/entrypoints\/(blocked|reported|nothing)\/main\.tsx$/;

const firstWords: Rollup.GetManualChunk = (id, { getModuleInfo, getModuleIds }) => {
  if (firstScript.test(id)) return undefined;
  const needed = new Set([...getModuleIds()].filter((id) => firstScript.test(id)));
  for (const each of needed) for (const below of getModuleInfo(each)?.importedIds ?? []) needed.add(below);
  return needed.has(id) ? 'first-words' : undefined;
};
