/** What the person at the keyboard wants when pressing Ctrl-C. */
export interface Interruption {
  /** Aborted by the first one. */
  readonly signal: AbortSignal;
  /** Stops listening. */
  end(): void;
}

/**
 * Listens to Ctrl-C, and to the end of the terminal. The kernel and the shell may both report that end, so it never
 * counts as a second Ctrl-C.
 * @param onFirst says that the stack is being removed
 * @param onSecond says what is left, and ends the process
 */
export function listen(onFirst: () => void, onSecond: () => void): Interruption {
  const controller = new AbortController();
  const begin = (): void => {
    controller.abort();
    onFirst();
  };
  const onSignal = (): void => (controller.signal.aborted ? onSecond() : begin());
  const onHangup = (): void => {
    goOnWithoutTerminal();
    if (!controller.signal.aborted) begin();
  };
  const listeners = { SIGINT: onSignal, SIGTERM: onSignal, SIGHUP: onHangup };
  for (const [signal, listener] of Object.entries(listeners)) process.on(signal, listener);
  return {
    signal: controller.signal,
    end: () => {
      for (const [signal, listener] of Object.entries(listeners)) process.off(signal, listener);
    },
  };
}

/** Each line that is written to a terminal that is gone is an error, which would end the process. */
function goOnWithoutTerminal(): void {
  for (const output of [process.stdout, process.stderr])
    if (!output.listeners('error').includes(ignore)) output.on('error', ignore);
}

function ignore(): void {
  // Nothing can be said any more.
}
