import { Box, H2, H5, Link, Text } from '@adminjs/design-system';
import { ApiClient } from 'adminjs';
import React, { type FC, useEffect, useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import type { DashboardGroup } from '../dashboard.js';
import type { ShownSection } from '../resources/sections.js';
import { Sections } from './record-sections.js';

interface StartPage {
  panels: ShownSection[];
  groups: DashboardGroup[];
}

/** Start page: what needs attention, and what there is, by context. */
const Dashboard: FC = () => {
  const [start, setStart] = useState<StartPage | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    new ApiClient().getDashboard<StartPage>().then(
      ({ data }) => setStart(data),
      () => setFailed(true),
    );
  }, []);
  return (
    <Box variant="grey" px={['lg', 'xl']}>
      <H2>Pawtreon</H2>
      <Text mb="xl">{failed ? 'The numbers could not be loaded.' : 'What needs attention, and everything on record, by area.'}</Text>
      <Box mb="xl">
        <Sections sections={start?.panels ?? []} />
      </Box>
      <Box display="grid" style={{ gap: 24, gridTemplateColumns: 'repeat(auto-fill, minmax(260px, 1fr))' }}>
        {(start?.groups ?? []).map(({ context, entries }) => (
          <Box key={context} variant="white" boxShadow="card" p="xl">
            <H5 mb="lg" style={{ textTransform: 'capitalize' }}>
              {context}
            </H5>
            {entries.map(({ label, href, count }) => (
              <Box key={href} flex justifyContent="space-between" alignItems="center" py="sm">
                <Link as={RouterLink} to={href}>
                  {label}
                </Link>
                <Text style={{ fontVariantNumeric: 'tabular-nums' }}>{count}</Text>
              </Box>
            ))}
          </Box>
        ))}
      </Box>
    </Box>
  );
};

export default Dashboard;
