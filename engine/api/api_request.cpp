// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/api_request.h"

#include <QStringDecoder>

namespace flow {

namespace {

bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool escapesAreWhole(const QByteArray &encoded)
{
    for (qsizetype at = encoded.indexOf('%'); at >= 0; at = encoded.indexOf('%', at + 3)) {
        if (at + 2 >= encoded.size() || !isHexDigit(encoded[at + 1]) || !isHexDigit(encoded[at + 2]))
            return false;
    }
    return true;
}

} // namespace

int ApiRequest::number(const QString &name, int otherwise, int least) const
{
    bool ok = false;
    const int number = query.value(name).toInt(&ok);
    return ok && number >= least ? number : otherwise;
}

bool ApiRequest::flag(const QString &name) const
{
    return query.value(name).compare(QStringLiteral("true"), Qt::CaseInsensitive) == 0;
}

std::optional<QString> decodePercent(const QByteArray &encoded)
{
    if (!escapesAreWhole(encoded))
        return std::nullopt;
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text = decoder(QByteArray::fromPercentEncoding(encoded));
    if (decoder.hasError() || text.contains(QChar(u'\0')))
        return std::nullopt;
    return text;
}

std::optional<QMap<QString, QString>> decodeQuery(const QByteArray &query)
{
    QMap<QString, QString> items;
    if (query.isEmpty())
        return items;
    for (const QByteArray &item : query.split('&')) {
        const qsizetype equals = item.indexOf('=');
        const QByteArray value = equals < 0 ? QByteArray() : item.mid(equals + 1);
        const std::optional<QString> name = decodePercent(QByteArray(item.left(equals)).replace('+', ' '));
        const std::optional<QString> text = decodePercent(QByteArray(value).replace('+', ' '));
        if (!name || !text)
            return std::nullopt;
        if (!items.contains(*name))
            items.insert(*name, *text);
    }
    return items;
}

} // namespace flow
