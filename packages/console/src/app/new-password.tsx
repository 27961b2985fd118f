/** Two fields for a new password, and whether they say the same. */
import { PasswordInput } from '@mantine/core';
import { useIntl } from 'react-intl';

/** As the server demands. */
const LEAST = 12;
const MOST = 200;

export function NewPassword({ differs }: { differs: boolean }) {
  const intl = useIntl();
  const field = {
    ...{ minLength: LEAST, maxLength: MOST, required: true, autoComplete: 'new-password' },
    visibilityToggleButtonProps: { 'aria-label': intl.formatMessage({ id: 'signIn.show' }) },
  };
  return (
    <>
      <PasswordInput
        {...field}
        name="password"
        label={intl.formatMessage({ id: 'password.new' })}
        description={intl.formatMessage({ id: 'password.help' }, { count: LEAST })}
      />
      <PasswordInput
        {...field}
        name="again"
        label={intl.formatMessage({ id: 'password.again' })}
        error={differs ? intl.formatMessage({ id: 'password.differs' }) : undefined}
      />
    </>
  );
}

/** Undefined when the two fields differ. */
export function passwordIn(form: FormData): string | undefined {
  const password = form.get('password');
  return typeof password === 'string' && password === form.get('again') ? password : undefined;
}
