import { defineProblems } from '#libs/contracts';

/** Why a document is not read, or a draft not accepted. */
export const extractionProblem = defineProblems({
  'document-not-utf8': {
    status: 400,
    vi: { title: 'Văn bản không phải UTF-8', detail: 'Gửi văn bản thuần với mã hóa UTF-8.' },
    en: { title: 'Not UTF-8', detail: 'Send plain text in UTF-8.' },
  },
  'document-empty': {
    status: 400,
    vi: { title: 'Văn bản trống', detail: 'Nội dung gửi lên không có chữ nào để đọc.' },
    en: { title: 'Empty document', detail: 'There is nothing to read in what was sent.' },
  },
  'document-unreadable': {
    status: 422,
    vi: {
      title: 'Không đọc được tệp',
      detail: 'Tệp hỏng hoặc không đúng định dạng. Mở tệp, lưu lại thành .docx hoặc .pdf rồi gửi lại.',
    },
    en: {
      title: 'Unreadable file',
      detail:
        'The file is damaged or of another format. Open it, save it again as .docx or .pdf, and resend.',
    },
  },
  'document-encrypted': {
    status: 422,
    vi: { title: 'Tệp có mật khẩu', detail: 'Gỡ mật khẩu của tệp rồi gửi lại.' },
    en: { title: 'Protected file', detail: 'Remove the password of the file and send it again.' },
  },
  'document-without-text': {
    status: 422,
    vi: {
      title: 'Tệp không có lớp văn bản',
      detail: 'Tệp chỉ có hình ảnh. Nhận dạng chữ (OCR) trước, hoặc gửi bản .docx.',
    },
    en: {
      title: 'No text layer',
      detail: 'The file has only pictures. Run text recognition (OCR) first, or send the .docx.',
    },
  },
  'document-too-large-inside': {
    status: 422,
    vi: {
      title: 'Tệp quá lớn khi giải nén',
      detail: 'Nội dung bên trong tệp vượt giới hạn. Bỏ phần không cần thiết hoặc gửi bản văn bản thuần.',
    },
    en: {
      title: 'Too large inside',
      detail: 'The content of the file is over the limit. Remove what is not needed, or send plain text.',
    },
  },
  'document-with-too-many-tasks': {
    status: 422,
    vi: {
      title: 'Quá nhiều nhiệm vụ',
      detail: 'Văn bản có hơn 1.000 nhiệm vụ. Tách thành nhiều phần rồi gửi.',
    },
    en: { title: 'Too many tasks', detail: 'The document has more than 1,000 tasks. Send it in parts.' },
  },
  'document-too-slow': {
    status: 422,
    vi: {
      title: 'Đọc tệp quá lâu',
      detail: 'Không đọc xong trong {seconds} giây. Gửi bản văn bản thuần hoặc tách nhỏ tệp.',
    },
    en: {
      title: 'Reading took too long',
      detail: 'It was not read within {seconds} seconds. Send plain text, or the file in parts.',
    },
  },
  'document-too-long': {
    status: 413,
    vi: { title: 'Nội dung quá lớn', detail: 'Nội dung vượt giới hạn {limit} byte của loại tệp này.' },
    en: { title: 'Body too large', detail: 'The body is over the limit of {limit} bytes for this type.' },
  },
  'extraction-busy': {
    status: 503,
    vi: { title: 'Đang bận đọc văn bản khác', detail: 'Thử lại sau ít giây.' },
    en: { title: 'Busy reading other documents', detail: 'Retry in a few seconds.' },
  },
});
