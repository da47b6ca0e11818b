import type {
  CreateListenerRequest,
  CreateListenerResponse,
  DeleteListenerRequest,
  GetListenerRequest,
  GetListenerResponse,
  ListListenersRequest,
  ListListenersResponse,
  UpdateListenerRequest,
  UpdateListenerResponse,
} from '@aws-sdk/client-vpc-lattice';
import type { Surroundings } from '../aws.ts';
import { AwsError } from '../service.ts';
import { listenerArn, onAll, onNew, onOne, ruleArn } from './access.ts';
import { groupsAsked, invalid, normalise } from './actions.ts';
import { page } from './paging.ts';
import type { Spread } from './spread.ts';
import {
  addTags,
  defaultRuleOf,
  findListener,
  findService,
  remove,
  rulesOf,
  type LatticeState,
  type Listener,
  type Rule,
} from './state.ts';

/** "2 listeners a service": https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html */
const MAX_LISTENERS = 2;

const PORTS: Readonly<Record<string, number>> = { HTTP: 80, HTTPS: 443, TLS_PASSTHROUGH: 443 };

interface Named {
  readonly serviceIdentifier: string | undefined;
  readonly listenerIdentifier: string | undefined;
}

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/listeners.html */
export function listenerOperations(surroundings: Surroundings, state: LatticeState, spread: Spread) {
  const { clock } = surroundings;
  const find = (input: Named) => findListener(state, input.serviceIdentifier, input.listenerIdentifier);
  const arnOfNew = (input: CreateListenerRequest) => listenerArn(input.serviceIdentifier, '*');
  const arnOf = (input: Named) => listenerArn(input.serviceIdentifier, input.listenerIdentifier);
  return {
    CreateListener: {
      authorize: (input: CreateListenerRequest) =>
        onNew(state, 'CreateListener', arnOfNew(input), input, groupsAsked(input.defaultAction)),
      run: (input: CreateListenerRequest): CreateListenerResponse => {
        const listener = create(surroundings, state, input);
        return answer(state, listener);
      },
    },
    GetListener: {
      authorize: (input: GetListenerRequest) => onOne(state, 'GetListener', arnOf(input)),
      run: (input: GetListenerRequest): GetListenerResponse => {
        const listener = find(input);
        const { updatedAt } = defaultRuleOf(state, listener);
        return {
          ...answer(state, listener),
          createdAt: listener.createdAt,
          lastUpdatedAt: updatedAt,
        };
      },
    },
    ListListeners: {
      authorize: onAll('ListListeners'),
      run: (input: ListListenersRequest): ListListenersResponse => {
        const service = findService(state, input.serviceIdentifier);
        const own = [...state.listeners.values()].filter((listener) => listener.service === service);
        return page(
          own.map(({ id, arn, name, protocol, port }) => ({ id, arn, name, protocol, port })),
          input,
        );
      },
    },
    UpdateListener: {
      authorize: (input: UpdateListenerRequest) =>
        onOne(state, 'UpdateListener', arnOf(input), groupsAsked(input.defaultAction)),
      run: (input: UpdateListenerRequest): UpdateListenerResponse => {
        const listener = find(input);
        const rule = defaultRuleOf(state, listener);
        rule.action = normalise(state, input.defaultAction);
        rule.updatedAt = new Date(clock.now());
        spread(rule);
        return answer(state, listener);
      },
    },
    DeleteListener: {
      authorize: (input: DeleteListenerRequest) => onOne(state, 'DeleteListener', arnOf(input)),
      run: (input: DeleteListenerRequest): object => {
        const listener = find(input);
        for (const rule of rulesOf(state, listener)) remove(state, state.rules, rule);
        remove(state, state.listeners, listener);
        return {};
      },
    },
  };
}

function create(
  { clock, random }: Surroundings,
  state: LatticeState,
  input: CreateListenerRequest,
): Listener {
  const service = findService(state, input.serviceIdentifier);
  const { name = '', protocol = 'HTTP', port = PORTS[protocol] ?? 80 } = input;
  const own = [...state.listeners.values()].filter((listener) => listener.service === service);
  if (own.length >= MAX_LISTENERS)
    throw new AwsError(
      'ServiceQuotaExceededException',
      `A service has at most ${MAX_LISTENERS} listeners`,
      402,
    );
  if (own.some((other) => other.port === port || other.name === name))
    throw new AwsError('ConflictException', `A listener ${name} or one on port ${port} exists already`, 409);
  if (name === '') throw invalid('A listener needs a name');
  const action = normalise(state, input.defaultAction);
  const chance = random(`lattice/listener/${service.name}/${name}`);
  const id = `listener-${chance.hex(17)}`;
  const createdAt = new Date(clock.now());
  const listener: Listener = {
    ...{ id, arn: listenerArn(service.id, id), name, service, protocol, port, createdAt },
  };
  const ruleId = `rule-${chance.hex(17)}`;
  const rule: Rule = {
    ...{ id: ruleId, arn: ruleArn(service.id, id, ruleId), name: 'default', listener, isDefault: true },
    ...{ priority: Infinity, match: undefined, action, spread: action, createdAt, updatedAt: createdAt },
  };
  state.listeners.set(id, listener);
  state.rules.set(ruleId, rule);
  addTags(state, listener.arn, input.tags);
  return listener;
}

function answer(state: LatticeState, listener: Listener): CreateListenerResponse {
  const { id, arn, name, protocol, port, service } = listener;
  const { action } = defaultRuleOf(state, listener);
  return {
    ...{ id, arn, name, protocol, port, serviceArn: service.arn, serviceId: service.id },
    defaultAction: action,
  };
}
