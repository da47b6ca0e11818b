#!/usr/bin/env node
'use strict';
// The command `lastgood`. CommonJS and plain syntax on purpose: an old Node must be able to read this file far enough to
// say what is wrong.
const NEEDED = 24;
const UNKNOWN = 2;
const major = Number(process.versions.node.split('.')[0]);
if (major < NEEDED) {
  console.error(`lastgood needs Node ${NEEDED} and this is Node ${process.versions.node}.`);
  process.exit(UNKNOWN);
}

import('./lastgood/check.ts')
  .then(({ main }) => main(process.argv.slice(2)))
  .then(
    (status) => {
      process.exitCode = status;
    },
    (error) => {
      console.error(error);
      process.exitCode = UNKNOWN;
    },
  );
