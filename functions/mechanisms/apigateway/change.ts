import type { Change, Stage } from './gateway.ts';
import { deploymentIn, variablesIn, writeSide, type Variables } from './side.ts';

/**
 * Returns the patch that brings a side back: without a canary, with the deployment and all of its variables. One call
 * makes all changes, because an old deployment never ran with the variables of a new one. Null: only the digest of the
 * variables is known, and those of the stage are others.
 * Unknown: stage-patch-order.
 */
export function patchTo(side: string, stage: Stage): readonly Change[] | null {
  const variables = wantedOf(side, stage);
  if (variables === null) return null;
  const canary: readonly Change[] = stage.hasCanary ? [{ op: 'remove', path: '/canarySettings' }] : [];
  const id = deploymentIn(side);
  const deployment: readonly Change[] =
    id === deploymentIn(stage.stage) ? [] : [{ op: 'replace', path: '/deploymentId', value: id }];
  return [...canary, ...deployment, ...changesTo(variables, stage.variables)];
}

function wantedOf(side: string, { variables }: Stage): Variables | null {
  return writeSide(deploymentIn(side), variables) === side ? variables : variablesIn(side);
}

function changesTo(wanted: Variables, present: Variables): readonly Change[] {
  const path = (name: string) => `/variables/${name}`;
  const set = Object.entries(wanted).filter(([name, value]) => present[name] !== value);
  const gone = Object.keys(present).filter((name) => !(name in wanted));
  return [
    ...set.map(([name, value]): Change => ({ op: 'replace', path: path(name), value })),
    ...gone.map((name): Change => ({ op: 'remove', path: path(name) })),
  ];
}
