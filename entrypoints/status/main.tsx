import { browser } from 'wxt/browser';
import { StatusPage } from '../../components/status/StatusPage.tsx';
import type { HeldVersion, Status } from '../../components/status/status.ts';
import { categoriesNeeded } from '../../rules/compile.ts';
import type { DocumentKind } from '../../rules/document.ts';
import type { Policy } from '../../rules/policy.ts';
import { createDevice } from '../../utils/device.ts';
import { show, words } from '../page/show.tsx';

const device = createDevice(browser, Date.now);

async function draw(): Promise<void> {
  const { store } = device;
  const [{ held, state, situation, documents }, health, inForce, stored, seat, heardAt] = await Promise.all([
    device.enforcement.read(),
    device.health(),
    store.get('inForce'),
    store.documents(),
    store.get('seat'),
    store.get('heardFromEndpointAt'),
  ]);
  const paths = [...(documents.paths?.values() ?? [])];
  const inRules = paths.reduce((sum, list) => sum + list.inRules.length, 0);
  const watched = paths.reduce((sum, list) => sum + list.size, 0) - inRules;
  const known = state.state === 'known' ? state.settings : null;
  const heldVersion = (kind: DocumentKind) => {
    const version = health.downloaded[kind];
    const at = stored.find((document) => document.kind === kind)?.receivedAt;
    return version && at !== undefined ? ({ version, at } satisfies HeldVersion) : null;
  };
  const forced = (kind: DocumentKind) => {
    const version = inForce?.versions[kind];
    return version && inForce ? ({ version, at: inForce.at } satisfies HeldVersion) : null;
  };
  const of = (kind: DocumentKind) => ({ downloaded: heldVersion(kind), inForce: forced(kind) });
  const status: Status = {
    now: device.clock.now(),
    extensionVersion: health.extensionVersion,
    settings:
      state.state === 'unknown'
        ? { state: 'not-read-yet' }
        : state.state === 'wrong'
          ? { state: 'wrong', problems: state.problems }
          : { state: 'known' },
    schoolName: held.policy?.schoolName ?? null,
    stage: situation.stage,
    group: known?.group ?? null,
    endpoint: known?.endpoint ?? null,
    heardAt: heardAt ?? null,
    enrolled: seat !== undefined,
    documents: { policy: of('policy'), catalogue: of('catalogue'), orders: of('orders') },
    rules: {
      session: inForce?.rules.session ?? 0,
      dynamic: (inForce?.rules.dynamic ?? 0) + inRules,
    },
    ...(paths.length > 0 ? { paths: { inRules, watched } } : {}),
    notInForce: [
      ...(inForce?.notFitted ?? []).map(({ tier, what }) => `${tier}: ${what}`),
      ...(inForce?.unread ?? []).map(({ from, text, reason }) => `${from}: ${text}: ${reason}`),
    ].slice(0, 50),
    listsInForce: categoriesNeeded(held.policy, situation.stage).length > 0 ? Boolean(inForce?.lists) : null,
    outbox: { waiting: health.waiting, setAside: health.setAside },
    troubles: health.troubles,
    recorded: held.policy && {
      to: titleOf(held.policy),
      reportsDays: held.policy.retention.reports,
      requestsDays: held.policy.retention.requests,
    },
  };
  show(words('title_status'), <StatusPage status={status} />);
}

/** Who reads reports, by the title that the school gave the role. */
const titleOf = (policy: Policy): string =>
  policy.contacts.find(({ role }) => role === policy.reports.to)?.title ?? policy.reports.to;

await device.ready;
void device.settings.ask().then(draw);
device.news.hear(() => void draw());
await draw();
