import type { Bucket } from '../../world/service.ts';

/** Quotas of the large Regions: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const bucket = (name: string, burst: number, perSecond: number): Bucket => ({
  name,
  burst,
  perSecond,
  error: 'ThrottlingException',
});
