import type { Share } from '../../../src/targets/kind.ts';

/** The sweep's shares of CodePipeline's reads: 300 a minute are assumed. Unknown: codepipeline-request-rates. */
const QUOTA = 'codepipeline read';

/** GetPipelineState, one for each pipeline, which shows all of its stages. */
export const PAGES: Share = { quota: QUOTA, callsPerMinute: 40 };

/** GetPipelineState, ListPipelineExecutions and ListActionExecutions, for the executions that may be proven. */
export const PROOFS: Share = { quota: QUOTA, callsPerMinute: 18 };

/** The most calls that one proof takes. */
export const CALLS_PER_PROOF = 3;
