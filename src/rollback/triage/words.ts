/* Words of runtimes and libraries, in whatever an application writes. */

/** A process without memory, by its runtime or by the kernel. */
export const NO_MEMORY =
  /OutOfMemoryError|heap out of memory|MemoryError\b|Cannot allocate memory|OOMKilled|Out of memory: Kill(?:ed)? process|invoked oom-killer/;

/** A dependency that does not answer. */
export const UNREACHED =
  /ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|connection refused|connection timed out|could not connect|no route to host|name or service not known|UnknownHostException|no such host|connection pool (?:exhausted|timeout)|i\/o timeout/i;

/** A call to AWS that a role may not make. */
export const DENIED = /AccessDenied|UnauthorizedOperation|not authorized to perform/i;

/** Returns the call in such a refusal: `s3:GetObject`. */
export function deniedCall(text: string): string | null {
  return /not authorized to perform: ([\w-]+:\w+)/.exec(text)?.[1] ?? null;
}
