/** The badge of a verified business. */
export function VerifiedBadge({ label }: { label: string }) {
  return (
    <svg className="verified" viewBox="0 0 20 20" role="img" aria-label={label}>
      <path
        className="verified-seal"
        d="M10 .8l2.3 1.8 2.9-.2.9 2.8 2.5 1.5-.8 2.8.8 2.8-2.5 1.5-.9 2.8-2.9-.2L10 18.2l-2.3-1.8-2.9.2-.9-2.8L1.4 12.3l.8-2.8-.8-2.8 2.5-1.5.9-2.8 2.9.2Z"
      />
      <path className="verified-check" d="M6.3 9.7l2.6 2.6 4.9-5" />
    </svg>
  );
}
