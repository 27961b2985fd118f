/** Every node type, one line each. */
import { askNode } from './ask/node.ts';
import { callNode } from './call/node.ts';
import { chooseNode } from './choose/node.ts';
import { endNode } from './end/node.ts';
import { fetchNode } from './fetch/node.ts';
import { handoffNode } from './handoff/node.ts';
import { languageNode } from './language/node.ts';
import type { NodeType } from './node-type.ts';
import { rephraseNode } from './rephrase/node.ts';
import { runNode } from './run/node.ts';
import { sayNode } from './say/node.ts';
import { setNode } from './set/node.ts';
import { switchNode } from './switch/node.ts';
import { waitNode } from './wait/node.ts';

export const NODE_TYPES: readonly NodeType[] = [
  sayNode,
  chooseNode,
  askNode,
  languageNode,
  setNode,
  switchNode,
  callNode,
  fetchNode,
  rephraseNode,
  runNode,
  waitNode,
  handoffNode,
  endNode,
];
