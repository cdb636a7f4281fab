import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { DocumentKind } from '../rules/document.ts';
import type { Settings } from '../rules/settings.ts';
import type { ReportsEvent, RequestEvent, Trouble } from '../rules/wire.ts';
import type { AskedHere } from './asked.ts';
import type { InForce } from './enforce.ts';
import type { SettingsState } from './settings.ts';

/** A document as it came, verified; what was verified is what is kept. */
export type StoredDocument = { kind: DocumentKind; jws: string; etag: string | null; receivedAt: number };

export type OutboxItem = {
  id: string;
  kind: 'reports' | 'requests';
  event: ReportsEvent | RequestEvent;
  addedAt: number;
  /** `aside`: it can never succeed; kept and shown, never sent again. */
  state: 'waiting' | 'aside';
  code?: string;
};

/** What a thank-you page needs to know of its report once the report itself has left: nothing of its content. */
export type SentReport = {
  id: string;
  tabId: number | null;
  at: number;
  state: 'waiting' | 'received' | 'aside';
};

/** Single values that outlive the worker. */
export type State = {
  /** The last that were good. */
  settings: Settings;
  /** What the browser said last, good or not. */
  settingsSaid: SettingsState;
  installId: string;
  seat: { endpoint: string; who: string; seat: string; key: string };
  latestTime: number;
  clockAhead: number;
  /** The computer's clock when `latestTime` was kept. */
  ownTime: number;
  inForce: InForce;
  troubles: Trouble[];
  backOff: { tries: number; notBefore: number };
  heardFromEndpointAt: number;
  /** The ending that whoever sits there was told of last. */
  warnedOf: string | null;
  /** Pages that were asked for, as fingerprints: `asked.ts`. */
  asked: AskedHere;
  /** Sites that were reported, as fingerprints: `evidence.ts`. */
  evidence: { site: string; at: number }[];
};

interface Schema extends DBSchema {
  documents: { key: DocumentKind; value: StoredDocument };
  lists: { key: string; value: { sha256: string; text: string } };
  state: { key: string; value: unknown };
  outbox: { key: string; value: OutboxItem; indexes: { byTime: number } };
  reports: { key: string; value: SentReport };
}

export type Store = ReturnType<typeof createStore>;

/**
 * What the device keeps (IndexedDB). Reports are written with `durability: 'strict'`: on disk before the child is
 * thanked (promise 5).
 */
export function createStore(name = 'keystage') {
  let opened: Promise<IDBPDatabase<Schema>> | null = null;
  const database = () => {
    opened ??= openDB<Schema>(name, 1, {
      upgrade(db) {
        db.createObjectStore('documents', { keyPath: 'kind' });
        db.createObjectStore('lists', { keyPath: 'sha256' });
        db.createObjectStore('state');
        db.createObjectStore('outbox', { keyPath: 'id' }).createIndex('byTime', 'addedAt');
        db.createObjectStore('reports', { keyPath: 'id' });
      },
      // Another context wants a newer shape: let go, and open again at the next call.
      blocking: (_, __, event) => {
        (event.target as IDBDatabase).close();
        opened = null;
      },
      terminated: () => {
        opened = null;
      },
    }).catch((error) => {
      // A full disk may have room again at the next call.
      opened = null;
      throw error;
    });
    return opened;
  };

  return {
    async get<K extends keyof State>(key: K): Promise<State[K] | undefined> {
      return (await (await database()).get('state', key)) as State[K] | undefined;
    },
    async set<K extends keyof State>(key: K, value: State[K]): Promise<void> {
      await (await database()).put('state', value, key);
    },
    async remove(key: keyof State): Promise<void> {
      await (await database()).delete('state', key);
    },

    async documents(): Promise<StoredDocument[]> {
      return (await database()).getAll('documents');
    },
    async document(kind: DocumentKind): Promise<StoredDocument | undefined> {
      return (await database()).get('documents', kind);
    },
    async keepDocument(document: StoredDocument): Promise<void> {
      await (await database()).put('documents', document);
    },
    async forgetDocuments(): Promise<void> {
      const transaction = (await database()).transaction(['documents', 'lists'], 'readwrite');
      await Promise.all([
        transaction.objectStore('documents').clear(),
        transaction.objectStore('lists').clear(),
        transaction.done,
      ]);
    },

    async list(sha256: string): Promise<string | undefined> {
      return (await (await database()).get('lists', sha256))?.text;
    },
    async listKeys(): Promise<string[]> {
      return (await database()).getAllKeys('lists');
    },
    async keepList(sha256: string, text: string): Promise<void> {
      await (await database()).put('lists', { sha256, text });
    },
    async forgetList(sha256: string): Promise<void> {
      await (await database()).delete('lists', sha256);
    },

    /** Resolves when the item, and for a report its mark, are on disk. */
    async addToOutbox(item: OutboxItem, report?: SentReport): Promise<void> {
      const transaction = (await database()).transaction(['outbox', 'reports'], 'readwrite', {
        durability: 'strict',
      });
      await Promise.all([
        transaction.objectStore('outbox').put(item),
        report && transaction.objectStore('reports').put(report),
        transaction.done,
      ]);
    },
    async outbox(): Promise<OutboxItem[]> {
      return (await database()).getAllFromIndex('outbox', 'byTime');
    },
    /** The endpoint has it on its disk: address, title and answer leave this one (promise 6). */
    async eraseReceived(id: string): Promise<void> {
      const transaction = (await database()).transaction(['outbox', 'reports'], 'readwrite', {
        durability: 'strict',
      });
      const reports = transaction.objectStore('reports');
      const report = await reports.get(id);
      await Promise.all([
        transaction.objectStore('outbox').delete(id),
        report && reports.put({ ...report, state: 'received' }),
        transaction.done,
      ]);
    },
    /** It can never succeed: kept, out of the way of the rest, and visible. */
    async setAside(id: string, code: string): Promise<void> {
      const transaction = (await database()).transaction(['outbox', 'reports'], 'readwrite', {
        durability: 'strict',
      });
      const outbox = transaction.objectStore('outbox');
      const reports = transaction.objectStore('reports');
      const [item, report] = await Promise.all([outbox.get(id), reports.get(id)]);
      await Promise.all([
        item && outbox.put({ ...item, state: 'aside', code }),
        report && reports.put({ ...report, state: 'aside' }),
        transaction.done,
      ]);
    },
    async report(id: string): Promise<SentReport | undefined> {
      return (await database()).get('reports', id);
    },
    /** Marks of received reports older than `before` go: nobody looks at their pages any more. */
    async forgetReports(before: number): Promise<void> {
      const transaction = (await database()).transaction('reports', 'readwrite');
      for (const report of await transaction.store.getAll())
        if (report.state === 'received' && report.at < before) await transaction.store.delete(report.id);
      await transaction.done;
    },
  };
}
