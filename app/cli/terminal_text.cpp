// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal_text.h"

#include <cwchar>

namespace flow::cli {

namespace {

/// Unicode has a picture for each of the old control characters; the younger ones get the replacement character.
QChar picture(QChar control)
{
    const char16_t code = control.unicode();
    if (code < 0x20)
        return QChar(char16_t(0x2400 + code));
    return code == 0x7f ? QChar(u'\u2421') : QChar(QChar::ReplacementCharacter);
}

int columnsOf(char32_t character)
{
    return std::max(0, ::wcwidth(wchar_t(character)));
}

} // namespace

QString visible(const QString &text, int indent)
{
    QString shown;
    for (const QChar c : text) {
        if (c == u'\n')
            shown += u'\n' + QString(indent, u' ');
        else if (c.category() == QChar::Other_Control && c != u'\t')
            shown += picture(c);
        else
            shown += c;
    }
    return shown;
}

QString visibleLine(const QString &text)
{
    QString line = text;
    return visible(line.replace(u'\n', u' ').replace(u'\t', u' '));
}

int columnsOf(const QString &text)
{
    int columns = 0;
    for (const char32_t character : text.toStdU32String())
        columns += columnsOf(character);
    return columns;
}

QString cutToColumns(const QString &text, int columns)
{
    if (columnsOf(text) <= columns)
        return text;
    QString cut;
    int used = 1; // the ellipsis
    for (const char32_t character : text.toStdU32String()) {
        used += columnsOf(character);
        if (used > columns)
            break;
        cut += QString::fromUcs4(&character, 1);
    }
    return cut + u'…';
}

} // namespace flow::cli
