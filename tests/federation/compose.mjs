/** Composes subgraphs, as a gateway's publisher does: `node compose.mjs name=file name=file`.
 *
 * Prints the supergraph, or, with exit code 1, what hinders the composition. */

import { readFileSync } from "node:fs";

import { composeServices } from "@theguild/federation-composition";
import { parse } from "graphql";

const services = process.argv.slice(2).map((argument) => {
  const [name, file] = argument.split("=", 2);
  return { name, typeDefs: parse(readFileSync(file, "utf8")), url: `http://${name}.invalid/` };
});
const { supergraphSdl, errors } = composeServices(services);
if (errors?.length) {
  for (const { message, extensions } of errors) console.error(`${extensions.code}: ${message}`);
  process.exit(1);
}
process.stdout.write(supergraphSdl);
