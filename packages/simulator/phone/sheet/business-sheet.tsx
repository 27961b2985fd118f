import { Avatar } from '../chat/avatar.tsx';
import { VerifiedBadge } from '../icons/verified-badge.tsx';
import { usePhone } from '../state/phone-context.ts';
import { Sheet } from './sheet.tsx';

/** The business profile. */
export function BusinessSheet() {
  const { texts, number, closeSheet } = usePhone();
  const facts = [
    [texts.header.about, number.about],
    [texts.header.phone, number.displayPhone],
    [texts.header.numberId, number.numberId],
    [texts.header.businessId, number.businessId],
  ];
  return (
    <Sheet title={texts.header.info(number.name)} closeLabel={texts.sheet.close} onClose={closeSheet} placement="full">
      <div className="profile">
        <Avatar name={number.name} size={104} />
        <p className="profile-name">
          {number.name} {number.verified && <VerifiedBadge label={texts.header.verified} />}
        </p>
        <p className="profile-kind">{number.verified ? texts.header.official : texts.header.business}</p>
      </div>
      <dl className="facts">
        {facts.map(([label, value]) =>
          value ? (
            <div key={label}>
              <dt>{label}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </Sheet>
  );
}
