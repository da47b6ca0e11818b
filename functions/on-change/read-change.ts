import type { KeptChange } from '../../src/ledger/changes.ts';
import { InvalidRequest } from '../../src/rollback/errors.ts';
import { detailOf, optionalTextOf, textOf } from '../../src/targets/detail.ts';
import { toInstant } from '../../src/targets/instant.ts';
import { asRecord } from '../../src/rollback/json.ts';
import type { BusEvent } from '../../src/targets/kind.ts';

type Named = Pick<KeptChange, 'kind' | 'subject' | 'aliases'>;

/** The parts of an AppConfig deployment, in the order of `appconfig:APP/ENV/PROFILE`. */
const PARTS = ['Application', 'Environment', 'ConfigurationProfile'];

/**
 * Reads a change from its event. Returns null for any other event.
 * @throws InvalidRequest naming the field
 */
export function readChange(event: BusEvent): KeptChange | null {
  const named = namedIn(event);
  if (named === null) return null;
  const at = toInstant(event.time);
  if (at === null) throw new InvalidRequest('time', 'must be a time');
  return { at, ...named };
}

function namedIn(event: BusEvent): Named | null {
  switch (event['detail-type']) {
    case 'Parameter Store Change':
      return parameterIn(event);
    case 'Secret Label Updated':
      return secretIn(event);
    case 'On Deployment Start':
    case 'On Deployment Complete':
    case 'On Deployment Rollback':
    case 'On Deployment Rolled Back':
      return deploymentIn(event);
    default:
      return null;
  }
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html */
function parameterIn(event: BusEvent): Named {
  return { kind: 'parameter', subject: `parameter:${textOf(detailOf(event), 'name')}`, aliases: [] };
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/event-detail-secret-label-updated-secretsmanager.html */
function secretIn(event: BusEvent): Named {
  return { kind: 'secret', subject: `secret:${textOf(detailOf(event), 'name')}`, aliases: [] };
}

/**
 * Reads an AppConfig deployment. Each part has a name and an id, and people use either.
 * https://docs.aws.amazon.com/appconfig/latest/userguide/working-with-appconfig-extensions-about-predefined-notification-eventbridge.html
 */
function deploymentIn(event: BusEvent): Named {
  const detail = detailOf(event);
  const parts = PARTS.map((part) => {
    const named = asRecord(detail[part]);
    if (named === null) throw new InvalidRequest(`detail.${part}`, 'must be an object');
    const id = textOf(named, 'Id');
    return { id, name: optionalTextOf(named, 'Name') ?? id };
  });
  return {
    kind: 'flag',
    subject: `appconfig:${parts.map(({ name }) => name).join('/')}`,
    aliases: [`appconfig:${parts.map(({ id }) => id).join('/')}`],
  };
}
