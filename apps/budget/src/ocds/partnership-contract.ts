import type { BudgetItemState, PartnershipPart, PartnershipState } from '#libs/contracts';
import { instantOf, listed, ownerOf, type Reference, value } from './parts.js';
import type { ContractStatus } from './contracting.js';

/** A partnership that is proposed or negotiated is no contract yet. */
const STATUSES: Readonly<Record<PartnershipState['status'], ContractStatus | null>> = {
  proposed: null,
  negotiating: null,
  signed: 'pending',
  'in-effect': 'active',
  ended: 'terminated',
  terminated: 'terminated',
};

export function partnershipStatus({ partnership }: BudgetItemState): ContractStatus | null {
  return partnership && STATUSES[partnership.status];
}

/** What the OCDS profile for public-private partnerships has for a contract, as far as it was agreed. */
export function partnershipContract(item: BudgetItemState, partner: Reference) {
  const { partnership } = item;
  if (partnership === null) return {};
  const { term, enterprisePart, statePart, stateShare } = partnership;
  return {
    description: descriptionOf(partnership),
    value: value(sumOf(enterprisePart) + sumOf(statePart)),
    period: periodOf(term),
    signatories: [ownerOf(item), { id: partner.id, name: partner.name }],
    finance: listed([
      ...financeOf('enterprise', 'Phần doanh nghiệp', enterprisePart, partner),
      ...financeOf('state', 'Phần ngân sách nhà nước', statePart, ownerOf(item)),
    ]),
    financeSummary: stateShare === null ? undefined : { subsidyRatio: stateShare / 10_000 },
    riskAllocation: listed(risksOf(partnership)),
    milestones: listed(milestonesOf(partnership)),
    documents: listed(documentsOf(partnership)),
  };
}

/** The form of Decree 180/2025/NĐ-CP, and who owns what comes of it. */
function descriptionOf({
  form,
  legalGround,
  assetsOwnership,
  dataOwnership,
  dataAccessRights,
}: PartnershipState) {
  return [
    `Hình thức hợp tác: ${FORMS[form] ?? form}.`,
    ...(legalGround === null ? [] : [`Căn cứ: ${legalGround}.`]),
    `Sở hữu tài sản: ${OWNERS[assetsOwnership]}. Sở hữu dữ liệu: ${OWNERS[dataOwnership]}.`,
    ...(dataAccessRights === null ? [] : [`Quyền khai thác dữ liệu: ${dataAccessRights}`]),
  ].join(' ');
}

const FORMS: Readonly<Partial<Record<PartnershipState['form'], string>>> = {
  'public-asset-joint-venture': 'liên doanh, liên kết bằng tài sản công',
  other: 'hình thức khác',
};

const OWNERS: Readonly<Record<PartnershipState['dataOwnership'], string>> = {
  state: 'Nhà nước',
  enterprise: 'doanh nghiệp',
  joint: 'sở hữu chung',
  'not-determined': 'chưa xác định',
};

const PARTS: Readonly<Record<keyof PartnershipPart, string>> = {
  cash: 'bằng tiền',
  inKind: 'bằng hiện vật',
  technology: 'bằng công nghệ',
};

/** What a side brings, each way apart; nothing is left out as nothing. */
function financeOf(side: string, title: string, part: PartnershipPart, party: Reference) {
  return Object.entries(PARTS).flatMap(([name, words]) => {
    const amount = part[name as keyof PartnershipPart];
    if (amount === 0) return [];
    const financingParty = { id: party.id, name: party.name };
    return [{ id: `${side}-${name}`, title: `${title} ${words}`, value: value(amount), financingParty }];
  });
}

/** Losses are shared, which the profile has no word for: whose they are is left out rather than said wrongly. */
function risksOf({ riskSharing }: PartnershipState) {
  if (riskSharing === null) return [];
  const { from, to, rule } = riskSharing;
  const within = [from && `từ ${from}`, to && `đến ${to}`].filter(Boolean).join(' ');
  return [{ id: 'sharing', description: rule, ...(within && { notes: `Chia sẻ rủi ro ${within}` }) }];
}

function milestonesOf({ milestones }: PartnershipState) {
  return milestones.map(({ name, due, reachedOn }, index) => ({
    id: `milestone-${index + 1}`,
    title: name,
    status: reachedOn === null ? 'scheduled' : 'met',
    ...(due !== null && { dueDate: instantOf(due) }),
    ...(reachedOn !== null && { dateMet: instantOf(reachedOn) }),
  }));
}

function documentsOf({ documents }: PartnershipState) {
  return documents.map(({ title, number, date }, index) => ({
    id: number ?? `document-${index + 1}`,
    title,
    language: 'vi',
    ...(date !== null && { datePublished: instantOf(date) }),
  }));
}

function periodOf({ from, to }: PartnershipState['term']) {
  if (from === null && to === null) return undefined;
  return {
    ...(from !== null && { startDate: instantOf(from) }),
    ...(to !== null && { endDate: instantOf(to) }),
  };
}

function sumOf({ cash, inKind, technology }: PartnershipPart): number {
  return cash + inKind + technology;
}
