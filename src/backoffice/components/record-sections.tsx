import { Box, H5, Link, Loader, Table, TableBody, TableCell, TableHead, TableRow, Text } from '@adminjs/design-system';
import { ApiClient, ViewHelpers } from 'adminjs';
import React, { type FC, useEffect, useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import type { SectionCell, SectionContent } from '../../platform/backoffice/backoffice-section.js';
import type { ShownSection } from '../resources/sections.js';
import { formatMoney } from './money-value.js';
import { Moment } from './time-value.js';

interface Props {
  resourceId: string;
  recordId: string;
}

/** The sections of a record, asked for once its page stands. */
export const RecordSections: FC<Props> = ({ resourceId, recordId }) => {
  const [sections, setSections] = useState<ShownSection[] | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let left = false;
    setSections(null);
    setFailed(false);
    new ApiClient().recordAction({ resourceId, recordId, actionName: 'sections' }).then(
      ({ data }) => !left && setSections((data['sections'] as ShownSection[] | undefined) ?? []),
      () => !left && setFailed(true),
    );
    return () => {
      left = true;
    };
  }, [resourceId, recordId]);

  if (failed) return <Text p="xl">The rest of this page could not be loaded.</Text>;
  if (!sections) return <Loader />;
  return <Sections sections={sections} />;
};

/** Sections as they were loaded, one below the other. */
export const Sections: FC<{ sections: readonly ShownSection[] }> = ({ sections }) => (
  <>
    {sections.map(({ title, content }) => (
      <Box key={title} as="section" aria-label={title} variant="container" px="xl" pb="xl">
        <H5 mb="lg">{title}</H5>
        {content ? <Content content={content} /> : <Text>This could not be loaded. The fault has been logged.</Text>}
      </Box>
    ))}
  </>
);

const Content: FC<{ content: SectionContent }> = ({ content }) => {
  if (content.rows.length === 0) return <Text>{content.empty}</Text>;
  return content.kind === 'table' ? <Rows {...content} /> : <Pictures {...content} />;
};

const Rows: FC<Extract<SectionContent, { kind: 'table' }>> = ({ columns, rows }) => (
  <Box style={{ overflowX: 'auto' }}>
    <Table>
      <TableHead>
        <TableRow>
          {columns.map((column) => (
            <TableCell key={column}>{column}</TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row, index) => (
          <TableRow key={index}>
            {row.map((cell, at) => (
              <TableCell key={at}>
                <Cell cell={cell} />
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  </Box>
);

const Pictures: FC<Extract<SectionContent, { kind: 'pictures' }>> = ({ rows }) => (
  <>
    {rows.map(({ figures, notes = [] }, index) => (
      <Box key={index} flex flexWrap="wrap" alignItems="flex-start" mb="xl" style={{ gap: 24 }}>
        {figures.map(({ fileId, caption }, at) => (
          <Box key={at} as="figure" style={{ margin: 0, width: 260 }}>
            <a href={pictureUrl(fileId)} target="_blank" rel="noreferrer">
              <img src={`${pictureUrl(fileId)}/thumbnail`} alt="" loading="lazy" style={{ display: 'block', maxWidth: '100%', maxHeight: 260 }} />
            </a>
            <figcaption>
              <Cell cell={caption} />
            </figcaption>
          </Box>
        ))}
        <Box>
          {notes.map((note, at) => (
            <Box key={at} mb="sm">
              <Cell cell={note} />
            </Box>
          ))}
        </Box>
      </Box>
    ))}
  </>
);

const pictureUrl = (fileId: string): string => new ViewHelpers().urlBuilder(['files', fileId]);

const Cell: FC<{ cell: SectionCell }> = ({ cell }) => {
  if (cell === null) return null;
  if (typeof cell !== 'object') return <>{cell}</>;
  switch (cell.kind) {
    case 'money':
      return <span style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>{formatMoney(String(cell.amount), cell.currency)}</span>;
    case 'time':
      // JSON carried it as text.
      return <Moment iso={String(cell.at)} />;
    case 'record':
      return cell.href ? (
        <Link as={RouterLink} to={cell.href}>
          {cell.label}
        </Link>
      ) : (
        <>{cell.label}</>
      );
  }
};
