import { isRead, quotasOf } from '../buckets.ts';

/**
 * All management calls of an account share one bucket, but for a few that Lastgood does not make.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export const quotas = quotasOf({
  service: 'apigateway',
  buckets: { 'apigateway management': [40, 10] },
  of: (operation) => (isRead(operation) || operation === 'UpdateStage' ? 'apigateway management' : null),
});
