import type { Texts } from '../texts/index.ts';

/** Beside a single phone: what this is and what to try first. */
export function Introduction({ texts }: { texts: Texts }) {
  const { title, text, steps, privacy } = texts.intro;
  return (
    <section className="introduction" aria-labelledby="introduction-title">
      <p className="introduction-word" lang="ur" aria-hidden="true">
        <span>हाज़िर</span> <span dir="rtl">حاضر</span>
      </p>
      <h2 id="introduction-title">{title}</h2>
      <p>{text}</p>
      <ol>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className="introduction-small">{privacy}</p>
    </section>
  );
}
