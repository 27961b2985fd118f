import type { Request } from '../api/client.ts';
import classes from './state.module.css';

/** A state by its name, with a mark for its kind. */
export function State({ request: { kind, stateName } }: { request: Pick<Request, 'kind' | 'stateName'> }) {
  return (
    <span className={classes.state} data-kind={kind}>
      {stateName}
    </span>
  );
}
