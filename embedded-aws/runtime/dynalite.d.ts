declare module 'dynalite' {
  import type { Server } from 'node:http';
  /** A DynamoDB server, in memory; the delay is that of CreateTable in milliseconds. */
  export default function dynalite(options: { readonly createTableMs: number }): Server;
}
