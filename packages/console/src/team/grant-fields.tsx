/** A role, and where it holds: departments, areas and posts are those of the pack. */
import { List, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { FormattedMessage, useIntl } from 'react-intl';
import type { Member } from '../api/client.ts';
import { teamWordsQuery } from '../api/queries.ts';
import { ROLES } from './filters.ts';

export interface Grant {
  role: Member['roles'][number]['role'];
  department: string | null;
  area: string | null;
  post: string | null;
}

export const NO_GRANT: Grant = { role: 'officer', department: null, area: null, post: null };

export function GrantFields({ grant, set }: { grant: Grant; set: (grant: Grant) => void }) {
  const intl = useIntl();
  const { data: words } = useQuery(teamWordsQuery);
  const label = (id: string) => intl.formatMessage({ id });
  const options = (all: readonly { code: string; name: string }[] = []) =>
    all.map(({ code, name }) => ({ value: code, label: name === code ? code : `${name} (${code})` }));
  const same = {
    ...{ clearable: true, searchable: true, placeholder: label('team.everywhere') },
    clearButtonProps: { 'aria-label': label('filter.clearOne') },
    comboboxProps: { withinPortal: false },
  } as const;
  const roles = ROLES.map((value) => ({ value, label: label(`role.${value}`) }));
  const { role, department, area, post } = grant;
  return (
    <>
      <Select
        label={label('team.role')}
        data={roles}
        value={role}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        onChange={(chosen) => set({ ...grant, role: ROLES.find((one) => one === chosen) ?? role })}
      />
      <Allowed permissions={words?.roles.find((one) => one.role === role)?.permissions ?? []} />
      {(role === 'officer' || role === 'supervisor') && words !== undefined && (
        <>
          <Select
            {...same}
            label={label('team.post')}
            description={label('team.postHelp')}
            placeholder={label('team.noPost')}
            data={options(words.posts)}
            value={post}
            onChange={(chosen) => set({ ...grant, post: chosen, ...(chosen !== null && { department: null, area: null }) })}
          />
          {post === null && (
            <>
              <Select
                {...same}
                label={label('request.department')}
                data={options(words.departments)}
                value={department}
                onChange={(chosen) => set({ ...grant, department: chosen })}
              />
              <Select
                {...same}
                label={label('filter.area')}
                data={words.areas}
                value={area}
                onChange={(chosen) => set({ ...grant, area: chosen })}
              />
            </>
          )}
        </>
      )}
    </>
  );
}

function Allowed({ permissions }: { permissions: readonly string[] }) {
  if (permissions.length === 0) return null;
  return (
    <div>
      <Text size="sm" c="var(--dim)">
        <FormattedMessage id="team.allows" />
      </Text>
      <List size="sm" c="var(--dim)" withPadding>
        {permissions.map((permission) => (
          <List.Item key={permission}>
            <FormattedMessage id={`permission.${permission}`} defaultMessage={permission} />
          </List.Item>
        ))}
      </List>
    </div>
  );
}
