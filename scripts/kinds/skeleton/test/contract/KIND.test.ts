import { notWritten } from '../../functions/mechanisms/KIND/not-written.ts';
import { mechanismContract } from '../../../../../test/contract/mechanism.ts';

/** Each function puts a target of the embedded AWS into the situation of its name. */
mechanismContract('KIND', {
  inFlight: () => notWritten('the target with a bad revision in flight'),
  completed: () => notWritten('the target with a bad revision rolled out'),
  rollingBack: () => notWritten('the target that AWS rolls back'),
  first: () => notWritten('the target whose first revision is bad'),
  missing: () => notWritten('the target that does not exist'),
});
