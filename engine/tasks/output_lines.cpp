// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/output_lines.h"

#include <QCoreApplication>

#include <algorithm>

namespace flow {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("OutputLines", text);
}

/// `bytes` without the beginning of a character at its end.
QByteArrayView wholeCharacters(QByteArrayView bytes)
{
    qsizetype start = bytes.size();
    while (start > 0 && bytes.size() - start < 3 && (quint8(bytes[start - 1]) & 0xC0) == 0x80)
        --start;
    if (start == 0)
        return bytes;
    const quint8 first = quint8(bytes[start - 1]);
    const qsizetype needed = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    return bytes.size() - (start - 1) < needed ? bytes.first(start - 1) : bytes;
}

} // namespace

QString textOfOutput(QByteArrayView bytes)
{
    QString text = QString::fromUtf8(bytes);
    return text.replace(QChar(0), QChar::ReplacementCharacter);
}

OutputLines::OutputLines(Reader reader)
    : m_reader(std::move(reader))
{
}

void OutputLines::add(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && m_given <= most) {
        const qsizetype end = bytes.indexOf('\n');
        const QByteArrayView part = end < 0 ? bytes : bytes.first(end);
        const qsizetype room = longest - m_line.size();
        m_cut = m_cut || part.size() > room;
        m_line += part.first(std::min(room, part.size()));
        if (end < 0)
            return;
        give();
        bytes = bytes.sliced(end + 1);
    }
}

void OutputLines::finish()
{
    if (!m_line.isEmpty() && m_given <= most)
        give();
}

void OutputLines::give()
{
    m_given += m_line.size() + 64; // what an empty line costs the log
    if (m_given > most) {
        m_reader(tr("[the log has %1 lines of this output: the rest is left out]").arg(m_lines));
    } else if (m_cut) {
        m_reader(textOfOutput(wholeCharacters(m_line)) +
                 tr("… [cut: this line is longer than %1 KiB]").arg(longest / 1024));
    } else {
        if (m_line.endsWith('\r'))
            m_line.chop(1);
        m_reader(textOfOutput(m_line));
    }
    m_line.clear();
    m_cut = false;
    ++m_lines;
}

void OutputHead::add(QByteArrayView bytes)
{
    const qsizetype room = m_most - m_bytes.size();
    if (bytes.size() <= room) {
        m_bytes += bytes;
        return;
    }
    if (m_truncated)
        return;
    m_truncated = true;
    m_bytes += bytes.first(room);
    m_bytes.truncate(wholeCharacters(m_bytes).size());
    m_most = m_bytes.size();
}

void OutputTail::add(QByteArrayView bytes)
{
    m_bytes += bytes.last(std::min(bytes.size(), m_most));
    m_dropped = m_dropped || bytes.size() > m_most;
    if (m_bytes.size() > 2 * m_most) {
        m_bytes = m_bytes.last(m_most);
        m_dropped = true;
    }
}

QByteArrayView OutputTail::bytes() const
{
    QByteArrayView end = QByteArrayView(m_bytes).last(std::min(m_bytes.size(), m_most));
    while (isTruncated() && !end.isEmpty() && (quint8(end.front()) & 0xC0) == 0x80)
        end = end.sliced(1); // the end of a character
    return end;
}

QString OutputTail::lastLine() const
{
    constexpr qsizetype most = 500;
    const QString text = textOfOutput(bytes()).trimmed();
    const QString line = text.sliced(text.lastIndexOf(u'\n') + 1);
    return line.size() <= most ? line : u'…' + line.right(most);
}

} // namespace flow
