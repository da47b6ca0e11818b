import type { Answer } from './alert.ts';
import { isAlertmanager, readAlertmanager } from './alertmanager.ts';
import { isDatadog, readDatadog } from './datadog.ts';
import { isGrafana, readGrafana } from './grafana.ts';
import { isNewRelic, readNewRelic } from './newrelic.ts';
import { isPagerDuty, readPagerDuty } from './pagerduty.ts';

/** Whose webhooks we read. */
export interface Vendor {
  /** As in the route `/hooks/alertmanager`, and as who asks. */
  readonly name: string;
  /** Whether a body looks like one of theirs. */
  readonly isTheirs: (body: unknown) => boolean;
  /** What each alert of a body asks for, in its order. Never throws. */
  readonly read: (body: unknown) => readonly Answer[];
}

/** Grafana before Alertmanager, whose form it has with more around it. */
export const vendors: readonly Vendor[] = [
  { name: 'grafana', isTheirs: isGrafana, read: readGrafana },
  { name: 'alertmanager', isTheirs: isAlertmanager, read: readAlertmanager },
  { name: 'datadog', isTheirs: isDatadog, read: readDatadog },
  { name: 'newrelic', isTheirs: isNewRelic, read: readNewRelic },
  { name: 'pagerduty', isTheirs: isPagerDuty, read: readPagerDuty },
];
