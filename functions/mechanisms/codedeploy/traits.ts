import type { Revision } from '../../../src/rollback/plan.ts';
import { shownTraits, type Traits } from '../../../src/rollback/traits.ts';
import { locationOf } from './revision-id.ts';

/**
 * Returns the location of a bundle, from its id. CodeDeploy knows neither the content of a bundle nor that of a
 * function version, and the mechanism may not read functions.
 */
export function traitsOf({ id, name }: Revision): Traits {
  const location = locationOf(id);
  if (location === null) return shownTraits({ 'version of the function': name });
  const { s3Location: s3, gitHubLocation: github } = location;
  return shownTraits({
    bundle: s3 && `s3://${s3.bucket ?? ''}/${s3.key ?? ''}`,
    'version of the bundle': s3?.version,
    'ETag of the bundle': s3?.eTag,
    repository: github?.repository,
    commit: github?.commitId,
  });
}
