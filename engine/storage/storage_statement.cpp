// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/storage_statement.h"

#include <QSqlError>

namespace flow {

namespace {

/// A kept statement holds on to its values; one with more than this gives them up.
constexpr qsizetype heavyCharacters = 256 * 1024;

bool isStorable(const QString &text)
{
    return text.isValidUtf16() && !text.contains(QChar(u'\0'));
}

} // namespace

QVariant sqlValue(const QString &text)
{
    if (text.isNull())
        return {};
    // A copy of its own: a kept statement holds its values until its next use, and what other threads made must not end
    // here.
    if (isStorable(text))
        return QString(text.constData(), text.size());
    return QString::fromUtf8(text.toUtf8()).replace(QChar(u'\0'), QChar(QChar::ReplacementCharacter));
}

QVariant sqlValue(Timestamp time)
{
    return qint64(time.time_since_epoch().count());
}

Statement::Statement(StorageConnection &connection, const QString &sql)
    : m_connection(connection)
    , m_sql(sql)
{
    Result<std::unique_ptr<QSqlQuery>> query = connection.take(sql);
    if (query)
        m_query = std::move(*query);
    else
        m_prepareError = query.error();
}

Statement::~Statement()
{
    if (!m_query)
        return;
    for (int i = 0; m_heavy && i < m_query->boundValues().size(); ++i)
        m_query->bindValue(i, QVariant());
    m_connection.giveBack(m_sql, std::move(m_query));
}

Error Statement::failure() const
{
    return m_connection.backend().error(m_query->lastError());
}

Result<void> Statement::runWith(const QVariantList &values)
{
    if (m_prepareError)
        return *m_prepareError;
    for (qsizetype i = 0; i < values.size(); ++i) {
        m_query->bindValue(int(i), values[i]);
        m_heavy =
            m_heavy || (values[i].typeId() == QMetaType::QString && values[i].toString().size() > heavyCharacters);
    }
    if (!m_query->exec())
        return failure();
    return {};
}

Result<bool> Statement::next()
{
    if (m_query->next())
        return true;
    if (m_query->lastError().isValid())
        return failure();
    return false;
}

Result<QList<qint64>> Statement::integers()
{
    QList<qint64> found;
    for (Result<bool> more = next();; more = next()) {
        if (!more)
            return more.error();
        if (!*more)
            return found;
        found.append(integer(0));
    }
}

int Statement::changedRows() const
{
    return m_query->numRowsAffected();
}

bool Statement::isNull(int column) const
{
    return m_query->isNull(column);
}

QString Statement::text(int column) const
{
    return m_query->isNull(column) ? QString() : present(m_query->value(column).toString());
}

qint64 Statement::integer(int column) const
{
    return m_query->value(column).toLongLong();
}

bool Statement::boolean(int column) const
{
    return m_query->value(column).toBool();
}

Timestamp Statement::time(int column) const
{
    return Timestamp(std::chrono::microseconds(integer(column)));
}

std::optional<Timestamp> Statement::optionalTime(int column) const
{
    if (isNull(column))
        return std::nullopt;
    return time(column);
}

std::optional<double> Statement::optionalNumber(int column) const
{
    if (isNull(column))
        return std::nullopt;
    return m_query->value(column).toDouble();
}

} // namespace flow
