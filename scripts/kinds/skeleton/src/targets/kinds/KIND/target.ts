import type { Kind } from '../../../../../../../src/targets/kind.ts';

/** The name behind a target string: what follows the colon. */
export function nameOf(target: string): string {
  return target.slice(target.indexOf(':') + 1);
}

/** Every name is refused until this function says which ones AWS has. Name the documentation that says so. */
function problemOf(name: string): string | null {
  return `${JSON.stringify(name)} cannot be a KIND target yet`;
}

/** `KIND:…`: say what a target is. */
export const kind: Kind = {
  name: 'KIND',
  problemOf,
  fromDimensions: () => null,
  fromArn: () => null,
  fromDeploymentEvent: () => null,
};
