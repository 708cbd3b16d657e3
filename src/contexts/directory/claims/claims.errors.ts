import { defineProblem } from '../../../platform/http/problem.js';

export const ClaimNotFound = defineProblem(404, 'CLAIM_NOT_FOUND', 'There is no such claim');
export const ClinicAlreadyClaimed = defineProblem(409, 'CLINIC_ALREADY_CLAIMED', 'Somebody runs this clinic already; send "contested": true if it should be you');
export const PetServiceAlreadyClaimed = defineProblem(409, 'PET_SERVICE_ALREADY_CLAIMED', 'Somebody runs this pet service already; send "contested": true if it should be you');
export const ClaimPending = defineProblem(409, 'CLAIM_PENDING', 'Your claim on this listing waits for a decision already');
export const ClaimDecided = defineProblem(409, 'CLAIM_DECIDED', 'This claim has been decided already');
export const ClaimContested = defineProblem(409, 'CLAIM_CONTESTED', 'The present owner has 7 days to be heard before this is decided');
export const ClaimAppealExists = defineProblem(409, 'CLAIM_APPEAL_EXISTS', 'You have appealed against this rejection; there is one appeal for each');
export const ClaimAppealWindowClosed = defineProblem(409, 'CLAIM_APPEAL_WINDOW_CLOSED', 'An appeal is possible within 7 days of the rejection; a new claim still is');
export const ClaimTooSoon = defineProblem(409, 'CLAIM_TOO_SOON', 'After a rejected appeal the next claim on this listing is possible in 30 days');
