import { Lasting, type End } from '../../world/lasting.ts';
import type { FunctionError } from './messages.ts';

/**
 * Returns the error with which an execution environment ends now; null if it does not.
 * @param answered the number of its invocation's requests that have been answered; 0 when its handler is about to run
 */
export type Strike = (functionName: string, answered: number) => FunctionError | null;

/** What may go wrong with functions in process. Each lasts until it is ended. */
export class Troubles {
  readonly #strikes = new Lasting<Strike>();
  readonly #skews = new Lasting<(functionName: string) => number>();

  /**
   * Ends environments in the middle of an invocation: out of memory, or because the host under it is gone.
   * https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html
   */
  strike(strike: Strike): End {
    return this.#strikes.begin(strike);
  }

  /**
   * Lets the clock inside functions differ from the world's, by milliseconds. AWS keeps its clocks by the Amazon Time Sync
   * Service, and corrects them slowly: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/set-time.html
   */
  skew(milliseconds: (functionName: string) => number): End {
    return this.#skews.begin(milliseconds);
  }

  strikeAt(functionName: string, answered: number): FunctionError | null {
    return this.#strikes.first((strike) => strike(functionName, answered));
  }

  skewMs(functionName: string): number {
    return this.#skews.all.reduce((sum, of) => sum + of(functionName), 0);
  }
}
