import type {
  Availability,
  DatasetClass,
  DataTheme,
  FileFormat,
  Lifecycle,
  UpdateFrequency,
} from '#libs/contracts';
import { LIFECYCLE_WORDS, UNKNOWN } from '../../export/words.js';
import { en, type Graph, iri, type Value, vi } from '../rdf/graph.js';

/** The authority tables of the EU, whose values DCAT-AP asks for. */
const AUTHORITY = 'http://publications.europa.eu/resource/authority';
const ADMS = 'http://purl.org/adms';

/** Labels of values as the tables have them; each is a triple of code, Vietnamese and English. */
const THEMES: Readonly<Record<DataTheme | 'OP_DATPRO', [string, string]>> = {
  AGRI: ['Nông nghiệp, thủy sản, lâm nghiệp và thực phẩm', 'Agriculture, fisheries, forestry and food'],
  ECON: ['Kinh tế và tài chính', 'Economy and finance'],
  EDUC: ['Giáo dục, văn hóa và thể thao', 'Education, culture and sport'],
  ENER: ['Năng lượng', 'Energy'],
  ENVI: ['Môi trường', 'Environment'],
  GOVE: ['Chính quyền và khu vực công', 'Government and public sector'],
  HEAL: ['Y tế', 'Health'],
  INTR: ['Các vấn đề quốc tế', 'International issues'],
  JUST: ['Tư pháp, pháp luật và an toàn công cộng', 'Justice, legal system and public safety'],
  REGI: ['Vùng và đô thị', 'Regions and cities'],
  SOCI: ['Dân số và xã hội', 'Population and society'],
  TECH: ['Khoa học và công nghệ', 'Science and technology'],
  TRAN: ['Giao thông vận tải', 'Transport'],
  // The table's own value for data that have not been given a theme yet.
  OP_DATPRO: [UNKNOWN, 'Provisional data'],
};

const FREQUENCIES: Readonly<Record<UpdateFrequency, string>> = {
  continuous: 'CONT',
  hourly: 'HOURLY',
  daily: 'DAILY',
  weekly: 'WEEKLY',
  monthly: 'MONTHLY',
  quarterly: 'QUARTERLY',
  'half-yearly': 'ANNUAL_2',
  yearly: 'ANNUAL',
  irregular: 'IRREG',
};

const AVAILABILITY_WORDS: Readonly<Record<Availability, [string, string]>> = {
  temporary: ['Tạm thời', 'temporary'],
  experimental: ['Thử nghiệm', 'experimental'],
  available: ['Có trong vài năm tới', 'available'],
  stable: ['Ổn định lâu dài', 'stable'],
};

const ACCESS_WORDS = {
  open: ['PUBLIC', 'Dữ liệu mở', 'public'],
  shared: ['RESTRICTED', 'Dữ liệu dùng chung', 'restricted'],
  restricted: ['NON_PUBLIC', 'Dữ liệu dùng riêng', 'non-public'],
} as const satisfies Record<DatasetClass, readonly string[]>;

const PUBLISHER_WORDS = {
  NationalAuthority: ['Cơ quan trung ương', 'National authority'],
  RegionalAuthority: ['Cơ quan cấp tỉnh', 'Regional authority'],
  LocalAuthority: ['Cơ quan cấp xã', 'Local authority'],
  Company: ['Doanh nghiệp', 'Company'],
} as const;
export type PublisherType = keyof typeof PUBLISHER_WORDS;

const CHANGE_WORDS = { created: ['Mới', 'created'], modified: ['Đã sửa', 'modified'] } as const;

/**
 * Values of code lists, each described where it is used, as the shapes demand. Where a value is not known and a shape
 * demands one, it is the table's own "unknown", or a concept of this catalogue that says so.
 */
export class Concepts {
  /** @param base of names of this catalogue's own, such as `https://…/v1/catalog` */
  constructor(
    private readonly graph: Graph,
    private readonly base: string,
  ) {}

  themes(codes: readonly DataTheme[]): Value[] {
    const known = codes.length === 0 ? (['OP_DATPRO'] as const) : codes;
    return known.map((code) => this.concept(`${AUTHORITY}/data-theme/${code}`, THEMES[code]));
  }

  themeScheme(): Value {
    return this.graph.describe(`${AUTHORITY}/data-theme`, ['skos:ConceptScheme'], {
      'dct:title': [vi('Chủ đề dữ liệu'), en('Data theme')],
    });
  }

  frequency(frequency: UpdateFrequency): Value {
    return this.graph.describe(`${AUTHORITY}/frequency/${FREQUENCIES[frequency]}`, ['dct:Frequency'], {});
  }

  format(format: FileFormat | null): Value {
    const address =
      format === null ? `${this.base}#format-not-determined` : `${AUTHORITY}/file-type/${format}`;
    return this.graph.describe(address, ['dct:MediaTypeOrExtent'], {
      'rdfs:label': format === null ? vi(UNKNOWN) : null,
    });
  }

  availability(availability: Availability | null): Value {
    return availability === null
      ? this.notDetermined('availability')
      : this.concept(
          `${AUTHORITY}/planned-availability/${availability.toUpperCase()}`,
          AVAILABILITY_WORDS[availability],
        );
  }

  accessRights(classification: DatasetClass): Value {
    const [code, vietnamese, english] = ACCESS_WORDS[classification];
    return this.graph.describe(`${AUTHORITY}/access-right/${code}`, ['dct:RightsStatement'], {
      'rdfs:label': [vi(vietnamese), en(english)],
    });
  }

  language(language: 'vi' | 'en'): Value {
    const code = language === 'vi' ? 'VIE' : 'ENG';
    return this.graph.describe(`${AUTHORITY}/language/${code}`, ['dct:LinguisticSystem'], {});
  }

  publisherType(type: PublisherType | null): Value {
    if (type === null) return this.notDetermined('publisher-type');
    return this.concept(`${ADMS}/publishertype/${type}`, PUBLISHER_WORDS[type]);
  }

  /** Terms of use: what the owner stated, else the table's "unknown". */
  licence(subject: string, stated: { name: string; url: string | null } | null): Value {
    if (stated === null) {
      return this.graph.describe(`${this.base}#licence-not-determined`, ['dct:LicenseDocument'], {
        'dct:title': vi(UNKNOWN),
        'dct:type': this.concept(`${ADMS}/licencetype/UnknownIPR`, ['Chưa rõ quyền', 'Unknown IPR']),
      });
    }
    return this.graph.describe(stated.url ?? `${subject}-licence`, ['dct:LicenseDocument'], {
      'dct:title': vi(stated.name),
      'dct:type': this.notDetermined('licence-type'),
    });
  }

  standard(address: string | null): Value {
    return this.graph.describe(address ?? `${this.base}#standard-not-determined`, ['dct:Standard'], {
      'rdfs:label': address === null ? vi(UNKNOWN) : null,
    });
  }

  lifecycle(lifecycle: Lifecycle): Value {
    const address = `${this.base}#lifecycle-${lifecycle}`;
    return this.graph.describe(address, ['skos:Concept'], {
      'skos:prefLabel': vi(LIFECYCLE_WORDS[lifecycle]),
    });
  }

  /** Whether an entry of the catalogue is new or was changed since. */
  changeType(isNew: boolean): Value {
    const change = isNew ? 'created' : 'modified';
    return this.concept(`${ADMS}/changetype/${change}`, CHANGE_WORDS[change]);
  }

  /** First and last day; where nobody has stated them, bounds that exclude nothing and a label that says so. */
  period(subject: string, stated: { from: string; to: string } | null): Value {
    const { from, to } = stated ?? { from: '0001-01-01', to: '9999-12-31' };
    const address = stated === null ? `${this.base}#period-not-determined` : `${subject}-period`;
    return this.graph.describe(address, ['dct:PeriodOfTime'], {
      'dcat:startDate': { text: from, datatype: 'xsd:date' },
      'dcat:endDate': { text: to, datatype: 'xsd:date' },
      'rdfs:label': stated === null ? vi(UNKNOWN) : null,
    });
  }

  document(address: string): Value {
    return this.graph.describe(address, ['foaf:Document'], {});
  }

  private notDetermined(what: string): Value {
    return this.concept(`${this.base}#${what}-not-determined`, [UNKNOWN, 'not determined']);
  }

  private concept(address: string, [vietnamese, english]: readonly [string, string]): Value {
    this.graph.describe(address, ['skos:Concept'], { 'skos:prefLabel': [vi(vietnamese), en(english)] });
    return iri(address);
  }
}
