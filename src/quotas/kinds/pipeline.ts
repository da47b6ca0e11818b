import { isRead, quotasOf } from '../buckets.ts';

/** AWS publishes no figures of CodePipeline. Unknown: codepipeline-request-rates. */
export const quotas = quotasOf({
  service: 'codepipeline',
  buckets: { 'codepipeline read': [20, 5], 'codepipeline modify': [10, 2] },
  of: (operation) => (isRead(operation) ? 'codepipeline read' : 'codepipeline modify'),
});
