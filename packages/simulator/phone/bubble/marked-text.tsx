import { Fragment, type ReactNode } from 'react';
import { type Block, type Inline, isRightToLeft, parseMarkup } from './markup.ts';

interface MarkedTextProps {
  text: string;
  /** Room at the end of the last line for the time and ticks. */
  tail?: ReactNode;
}

/** A message's text with WhatsApp's marks, in its own direction. React escapes everything; no HTML is ever parsed. */
export function MarkedText({ text, tail }: MarkedTextProps) {
  const blocks = parseMarkup(text);
  const rightToLeft = isRightToLeft(text);
  return (
    <div
      className={`marked${isBigEmoji(text) ? ' marked-emoji' : ''}`}
      dir={rightToLeft ? 'rtl' : 'auto'}
      lang={rightToLeft ? 'ur' : undefined}
    >
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks of a text never move.
        <BlockView key={index} block={block} tail={index === blocks.length - 1 ? tail : undefined} />
      ))}
    </div>
  );
}

function BlockView({ block, tail }: { block: Block; tail: ReactNode }) {
  switch (block.type) {
    case 'paragraph':
      return (
        <p dir="auto">
          <Lines lines={block.lines} />
          {tail}
        </p>
      );
    case 'quote':
      return (
        <blockquote dir="auto">
          <Lines lines={block.lines} />
          {tail}
        </blockquote>
      );
    case 'mono':
      return (
        <pre>
          {block.text}
          {tail}
        </pre>
      );
    case 'bullets':
      return (
        <ul>
          <Items items={block.items} tail={tail} />
        </ul>
      );
    case 'numbers':
      return (
        <ol start={block.start}>
          <Items items={block.items} tail={tail} />
        </ol>
      );
  }
}

function Lines({ lines }: { lines: Inline[][] }) {
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text never move.
    <Fragment key={index}>
      {index > 0 && <br />}
      <Inlines inlines={line} />
      {/* A break at the very end draws no empty line by itself. */}
      {index > 0 && index === lines.length - 1 && line.length === 0 && <br />}
    </Fragment>
  ));
}

function Items({ items, tail }: { items: Inline[][]; tail: ReactNode }) {
  return items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: items of a text never move.
    <li key={index}>
      <Inlines inlines={item} />
      {index === items.length - 1 && tail}
    </li>
  ));
}

/** Marks and links of one line. */
export function Inlines({ inlines }: { inlines: Inline[] }) {
  return inlines.map((inline, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a line never move.
    <InlineView key={index} inline={inline} />
  ));
}

function InlineView({ inline }: { inline: Inline }) {
  switch (inline.type) {
    case 'text':
      return inline.text;
    case 'code':
      return <code>{inline.text}</code>;
    case 'link':
      return (
        <a href={inline.href} target="_blank" rel="noopener noreferrer">
          {inline.text}
        </a>
      );
    case 'bold':
      return (
        <strong>
          <Inlines inlines={inline.children} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Inlines inlines={inline.children} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <Inlines inlines={inline.children} />
        </s>
      );
  }
}

function isBigEmoji(text: string): boolean {
  return text.length <= 24 && /^(?:\p{RGI_Emoji}){1,3}$/v.test(text.trim());
}
