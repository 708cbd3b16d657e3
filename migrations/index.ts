import { Platform1795000000000 } from './1795000000000-platform.js';
import { Identity1795000001000 } from './1795000001000-identity.js';
import { Files1795000001200 } from './1795000001200-files.js';
import { Backoffice1795000001300 } from './1795000001300-backoffice.js';
import { Directory1795000001500 } from './1795000001500-directory.js';
import { Engagement1795000001600 } from './1795000001600-engagement.js';
import { Rescue1795000002000 } from './1795000002000-rescue.js';
import { UserLanguages1795000002100 } from './1795000002100-user-languages.js';
import { Giving1795000004000 } from './1795000004000-giving.js';
import { RescueCaseFunding1795000004050 } from './1795000004050-rescue-case-funding.js';
import { PaymentsSandbox1795000004100 } from './1795000004100-payments-sandbox.js';
import { CaseRiskPoints1795000005000 } from './1795000005000-case-risk-points.js';
import { RescueTrust1795000005100 } from './1795000005100-rescue-trust.js';
import { FileSignatures1795000005200 } from './1795000005200-file-signatures.js';
import { ImageFingerprints1795000005210 } from './1795000005210-image-fingerprints.js';
import { TrustReviewQueue1795000005300 } from './1795000005300-trust-review-queue.js';
import { TrustReports1795000005310 } from './1795000005310-trust-reports.js';
import { AuditPrivileges1795000005400 } from './1795000005400-audit-privileges.js';
import { Notifications1795000005500 } from './1795000005500-notifications.js';
import { Subscriptions1795000006100 } from './1795000006100-subscriptions.js';
import { FundBalances1795000006200 } from './1795000006200-fund-balances.js';
import { RefundsAndDisputes1795000006210 } from './1795000006210-refunds-and-disputes.js';
import { Alerts1795000006220 } from './1795000006220-alerts.js';
import { CurrencyExchange1795000006300 } from './1795000006300-currency-exchange.js';
import { Receipts1795000006310 } from './1795000006310-receipts.js';
import { CampaignEndings1795000006400 } from './1795000006400-campaign-endings.js';
import { Partners1795000006410 } from './1795000006410-partners.js';
import { ClinicInvoices1795000006420 } from './1795000006420-clinic-invoices.js';
import { DirectorySearch1795000007000 } from './1795000007000-directory-search.js';
import { DirectoryClaims1795000007100 } from './1795000007100-directory-claims.js';
import { DirectoryVolunteers1795000007200 } from './1795000007200-directory-volunteers.js';
import { RescueAdoptions1795000007250 } from './1795000007250-rescue-adoptions.js';

/** Every migration, oldest first. */
export const migrations = [
  Platform1795000000000,
  Identity1795000001000,
  Files1795000001200,
  Backoffice1795000001300,
  Directory1795000001500,
  Engagement1795000001600,
  Rescue1795000002000,
  UserLanguages1795000002100,
  Giving1795000004000,
  RescueCaseFunding1795000004050,
  PaymentsSandbox1795000004100,
  CaseRiskPoints1795000005000,
  RescueTrust1795000005100,
  FileSignatures1795000005200,
  ImageFingerprints1795000005210,
  TrustReviewQueue1795000005300,
  TrustReports1795000005310,
  AuditPrivileges1795000005400,
  Notifications1795000005500,
  Subscriptions1795000006100,
  FundBalances1795000006200,
  RefundsAndDisputes1795000006210,
  Alerts1795000006220,
  CurrencyExchange1795000006300,
  Receipts1795000006310,
  CampaignEndings1795000006400,
  Partners1795000006410,
  ClinicInvoices1795000006420,
  DirectorySearch1795000007000,
  DirectoryClaims1795000007100,
  DirectoryVolunteers1795000007200,
  RescueAdoptions1795000007250,
];
