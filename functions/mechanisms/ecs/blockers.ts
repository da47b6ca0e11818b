import type { Blocker } from './blocker.ts';
import { changesBetween, fieldsWithRole, isEmpty } from './configuration.ts';
import type { Definitions } from './definitions.ts';
import { nameOf, type ServiceRevision } from './ecs.ts';
import { checkImages } from './image-blockers.ts';
import type { Looks } from './images.ts';

/** What a plan has read and may still look at. */
export interface Known {
  readonly definitions: Pick<Definitions, 'get'>;
  readonly looks: Looks;
}

type Check = Omit<Blocker, 'mayDiffer'>;

const NONE: Check = { reason: null, doubts: [] };
const because = (reason: string): Check => ({ reason, doubts: [] });
const doubt = (text: string): Check => ({ reason: null, doubts: [text] });

/** Looks for reasons why UpdateService could not restore a revision. */
export async function blockerOf(
  wanted: ServiceRevision,
  atFault: ServiceRevision,
  { definitions, looks }: Known,
): Promise<Blocker> {
  const known = inConfiguration(wanted, atFault);
  const definition = known.reason === null ? atDefinition(wanted, definitions) : known;
  if (definition.reason !== null) return { ...definition, mayDiffer: null };
  const images = await checkImages(wanted, atFault, looks);
  return { ...images, doubts: [known, definition, images].flatMap(({ doubts }) => doubts) };
}

/**
 * Checks the task definition: a service cannot be updated to an inactive one (API_DeregisterTaskDefinition, Amazon ECS).
 * Lastgood has no permission to register it again: a role that can would be able to deploy new code. For one that was
 * not read, ECS's refusal changes nothing.
 */
function atDefinition({ configuration }: ServiceRevision, definitions: Known['definitions']): Check {
  const name = nameOf(configuration.taskDefinition);
  const definition = definitions.get(configuration.taskDefinition);
  if (definition === undefined)
    return doubt(`Lastgood did not check whether task definition ${name} is ACTIVE`);
  return definition.active ? NONE : because(`task definition ${name} is INACTIVE`);
}

/**
 * Returns what a person must know of the fields with an infrastructure role. ECS may refuse them, for example load
 * balancers with two target groups while the service rolls. Unknown: advanced-configuration-under-rolling.
 */
function inConfiguration(wanted: ServiceRevision, atFault: ServiceRevision): Check {
  if (isEmpty(changesBetween(atFault.configuration, wanted.configuration)))
    return because(
      'it has the task definition and settings of the revision at fault; deploying it again would deploy that revision',
    );
  const fields = fieldsWithRole(atFault.configuration, wanted.configuration);
  if (fields.length === 0) return NONE;
  return doubt(`if ECS refuses its ${fields.join(' and ')}, those of the revision at fault stay`);
}
