import { readPauseOrder, writePauseOrder, type PauseOrder } from '../rollback/pause.ts';
import { createParameters, createPutParameter, type ParameterSurroundings } from './parameters.ts';

/**
 * Reads the order of the stage; null: Lastgood was never paused. Nothing is kept: a write that begins after the
 * parameter was set sees it (ADR 36). Unknown: parameter-consistency.
 * @throws Throttled, Unavailable or NotPermitted by its name (errors.ts): an unreadable order is not "not paused"
 */
export type ReadPause = () => Promise<PauseOrder | null>;

/** Reads the parameter that PAUSE_PARAMETER names. Action used: ssm:GetParameters. */
export function createReadPause(surroundings: ParameterSurroundings): ReadPause {
  const read = createParameters(surroundings);
  const name = surroundings.setting('PAUSE_PARAMETER');
  return async () => {
    const value = (await read([name])).get(name);
    return readPauseOrder(value?.reveal() ?? null);
  };
}

/** Writes the order of the stage. Action used: ssm:PutParameter. */
export function createWritePause(surroundings: ParameterSurroundings): (order: PauseOrder) => Promise<void> {
  const put = createPutParameter(surroundings);
  const name = surroundings.setting('PAUSE_PARAMETER');
  return (order) => put(name, writePauseOrder(order));
}
