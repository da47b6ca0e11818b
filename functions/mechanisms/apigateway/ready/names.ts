import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { APIGATEWAY } from '../../../../src/readiness/ids/apigateway.ts';
import { TARGET_TAG } from '../../../../src/targets/tag.ts';
import type { ApiNames } from '../../../../src/aws/rest-apis.ts';
import { dimensionOf, idsNamed } from '../../../../src/targets/kinds/apigateway/api-names.ts';
import { targetOf, type StageName } from '../../../../src/targets/kinds/apigateway/target.ts';

const find = findIn(APIGATEWAY);

/** Looks whether metrics name this API alone. CloudWatch adds up the numbers of APIs with one name. */
export function ofNames(name: StageName, names: ApiNames): readonly Finding[] {
  const dimension = dimensionOf(names.get(name.api) ?? '');
  const others = idsNamed(names, dimension).filter((id) => id !== name.api);
  if (dimension === '' || others.length === 0) return [];
  return [
    find(
      'api-name-shared',
      `The API ${name.api} has the name ${dimension} in metrics, as ${others.join(' and ')} has: an alarm by that name starts no rollback, and no numbers of the stage are known.`,
      `Give each API a name of its own, or tag each alarm with ${TARGET_TAG}=${targetOf(name)}.`,
    ),
  ];
}
