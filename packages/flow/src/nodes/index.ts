/** Every node type, one line each. */
import { chooseNode } from './choose/node.ts';
import { endNode } from './end/node.ts';
import { languageNode } from './language/node.ts';
import type { NodeType } from './node-type.ts';
import { sayNode } from './say/node.ts';

export const NODE_TYPES: readonly NodeType[] = [sayNode, chooseNode, languageNode, endNode];
