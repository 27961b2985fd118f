/** Every limit of the engine in one place, each with its reason. */

/** Nodes that one step may run: a flow of two screens has about 40, so more is a loop that the graph check could not see. */
export const MOST_NODES_A_STEP = 100;
/** Messages of one step: more than this is no conversation, and channels throttle a pair after it. */
export const MOST_MESSAGES_A_STEP = 10;
/** Depth of sub-flows: the deepest sensible one is menu, service, address, map; twice that. */
export const MOST_FRAMES = 8;
/** Waiting nodes remembered for "back": nobody goes back further, and each costs some 30 bytes of session. */
export const MOST_TRAIL = 8;
/** UTF-16 units of all values of a frame as JSON: a session must stay one small row even when a service answers a long list. */
export const MOST_VALUES_LENGTH = 32_768;
/** UTF-16 units that are read of a citizen's text: WhatsApp's own limit. */
export const MOST_INPUT_LENGTH = 4_096;
/** UTF-16 units that "ask" accepts where the flow says nothing. */
export const DEFAULT_TEXT_LENGTH = 1_000;
/** Options of one "choose": 13 pages; whoever needs more needs a search. */
export const MOST_OPTIONS = 100;
/** UTF-16 units of a choice id: WhatsApp takes 200 for a list row. */
export const MOST_CHOICE_ID = 200;
/** Consecutive inputs that were not understood, from which on a menu and a person are offered. */
export const MISSES_UNTIL_HELP = 2;
/** UTF-16 units of an expression: longer ones belong into a service. */
export const MOST_EXPRESSION_LENGTH = 500;
/** Nodes of an expression's syntax tree. */
export const MOST_EXPRESSION_NODES = 200;
/** Depth of an expression's syntax tree. */
export const MOST_EXPRESSION_DEPTH = 24;
/** Nested comprehensions: three over 300 items take seconds (measured), two take milliseconds. */
export const MOST_COMPREHENSIONS = 2;
/** UTF-16 units of one file of a pack: the largest text file of a city is a tenth of it. */
export const MOST_FILE_LENGTH = 524_288;
/** Nodes of a flow: more is two flows. */
export const MOST_NODES_A_FLOW = 60;
/** Problems reported in one go: the rest is mostly their consequence. */
export const MOST_PROBLEMS = 200;
