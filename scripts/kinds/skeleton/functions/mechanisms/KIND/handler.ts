import { bindMechanism } from '../../../../../../src/lambda/bind-mechanism.ts';
import { surroundings } from '../../../../../../src/lambda/surroundings.ts';
import { createMechanism } from './mechanism.ts';

/** The clients of the mechanism are connected with `connect`, which Plan, Stop and Revert are watched by. */
export const handler = bindMechanism(surroundings, ({ ledger, now }) => createMechanism({ ledger, now }));
