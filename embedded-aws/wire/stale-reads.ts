import { Lasting, type End } from '../world/lasting.ts';
import type { Troubled } from './calls.ts';

interface Staleness {
  readonly which: (call: Troubled) => boolean;
  readonly seconds: number;
}

/** Answers of reads, which equal reads get again for some seconds. So a read may miss a write before it. */
export class StaleReads {
  readonly #lasting = new Lasting<Staleness>();
  readonly #known = new Map<string, { readonly at: number; readonly output: unknown }>();

  begin(staleness: Staleness): End {
    return this.#lasting.begin(staleness);
  }

  read<Output>(call: Troubled, at: number, input: unknown, work: () => Output): Output {
    const lag = this.#lasting.first(({ which, seconds }) => (which(call) ? seconds * 1000 : null));
    if (lag === null || isConsistent(input)) return work();
    const key = `${call.service}:${call.operation} ${JSON.stringify(input)}`;
    const known = this.#known.get(key);
    if (known !== undefined && at - known.at <= lag) return known.output as Output;
    const output = work();
    if (!(output instanceof Promise)) this.#known.set(key, { at, output: structuredClone(output) });
    return output;
  }
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html */
function isConsistent(input: unknown): boolean {
  return (input as { readonly ConsistentRead?: boolean } | null)?.ConsistentRead === true;
}
