import * as z from 'zod/mini';
import { Memo as CodeDeployMemo } from './code-deploy/memo.ts';
import { Memo as ExternalMemo } from './external/memo.ts';
import { Memo as NativeMemo } from './native/memo.ts';

/** What the verbs after `plan` need to remember. `controller` names the controller that made the plan. */
export const Memo = z.discriminatedUnion('controller', [NativeMemo, CodeDeployMemo, ExternalMemo]);
export type Memo = z.infer<typeof Memo>;
