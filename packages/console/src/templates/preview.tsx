import type { Template } from '../api/client.ts';
import classes from './templates.module.css';

/** A template as a bubble, with the names of what is filled in. */
export function Preview({ template: { body, footer, buttons, parameters, language } }: { template: Template }) {
  return (
    <div className={classes.phone} lang={language} dir="auto">
      <div className={classes.bubble}>
        <span className={classes.body}>{partsOf(body, parameters)}</span>
        {footer !== null && <span className={classes.footer}>{footer}</span>}
      </div>
      {buttons.map((label) => (
        <div key={label} className={classes.button}>
          {label}
        </div>
      ))}
    </div>
  );
}

/** `{{1}}` is the first parameter; what stands between stars is bold, as WhatsApp has it. */
function partsOf(body: string, parameters: readonly string[]) {
  return body.split(/(\{\{\d+\}\}|\*[^*\n]+\*)/).map((part, index) => {
    const number = /^\{\{(\d+)\}\}$/.exec(part)?.[1];
    // biome-ignore-start lint/suspicious/noArrayIndexKey: the parts of a text stay where they are.
    if (number !== undefined) return <em key={index}>{parameters[Number(number) - 1] ?? part}</em>;
    if (part.startsWith('*') && part.length > 2) return <b key={index}>{part.slice(1, -1)}</b>;
    // biome-ignore-end lint/suspicious/noArrayIndexKey: the parts of a text stay where they are.
    return part;
  });
}
