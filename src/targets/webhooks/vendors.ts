import type { Answer } from './alert.ts';
import { isAlertmanager, readAlertmanager } from './alertmanager.ts';
import { isDatadog, readDatadog } from './datadog.ts';
import { isGrafana, readGrafana } from './grafana.ts';
import { isNewRelic, readNewRelic } from './newrelic.ts';
import { isPagerDuty, readPagerDuty } from './pagerduty.ts';

/** A tool whose webhooks Lastgood reads. */
export interface Vendor {
  /** Its name in the route `/hooks/alertmanager`, and as the requester. */
  readonly name: string;
  /** Says whether a body has this tool's form. */
  readonly isTheirs: (body: unknown) => boolean;
  /** Answers each alert of a body, in its order. Never throws. */
  readonly read: (body: unknown) => readonly Answer[];
}

/** All tools. Grafana comes before Alertmanager, because its form is Alertmanager's with more fields. */
export const vendors: readonly Vendor[] = [
  { name: 'grafana', isTheirs: isGrafana, read: readGrafana },
  { name: 'alertmanager', isTheirs: isAlertmanager, read: readAlertmanager },
  { name: 'datadog', isTheirs: isDatadog, read: readDatadog },
  { name: 'newrelic', isTheirs: isNewRelic, read: readNewRelic },
  { name: 'pagerduty', isTheirs: isPagerDuty, read: readPagerDuty },
];
