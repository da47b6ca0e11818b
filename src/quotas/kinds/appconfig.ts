import { isRead, quotasOf } from '../buckets.ts';

/** AWS publishes no figures of AppConfig. Unknown: appconfig-request-rates. */
export const quotas = quotasOf({
  service: 'appconfig',
  buckets: { 'appconfig read': [20, 10], 'appconfig modify': [5, 2] },
  of: (operation) => (isRead(operation) ? 'appconfig read' : 'appconfig modify'),
});
