// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/timestamp.h"
#include "storage/storage_connection.h"

#include <QVariant>

#include <optional>

namespace flow {

/// How values stand in the database. A null text is NULL. Text that no database keeps whole (U+0000, half a surrogate
/// pair) gets U+FFFD or ? in their place.
QVariant sqlValue(const QString &text);
QVariant sqlValue(Timestamp time);
inline QVariant sqlValue(const std::optional<Timestamp> &time)
{
    return time ? sqlValue(*time) : QVariant();
}
inline QVariant sqlValue(const std::optional<qint64> &number)
{
    return number ? QVariant(*number) : QVariant();
}
inline QVariant sqlValue(qint64 number)
{
    return number;
}
inline QVariant sqlValue(int number)
{
    return number;
}
inline QVariant sqlValue(bool value)
{
    return value;
}
inline QVariant sqlValue(double number)
{
    return number;
}

/// For columns that are NOT NULL: a null text becomes "".
inline QString present(const QString &text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

/// One use of a prepared statement: run it, walk over its rows, and it goes back to its connection, finished. A value
/// on the stack of one function; the thread of its connection.
class Statement
{
public:
    Statement(StorageConnection &connection, const QString &sql);
    ~Statement();
    Q_DISABLE_COPY_MOVE(Statement)

    /// Binds the values to the `?` in order and runs.
    template <typename... Values>
    Result<void> run(const Values &...values)
    {
        return runWith({sqlValue(values)...});
    }
    Result<void> runWith(const QVariantList &values);

    /// Goes to the next row; false behind the last.
    Result<bool> next();
    /// The first column of all rows that are left.
    Result<QList<qint64>> integers();
    int changedRows() const;

    // Columns of the current row, counted from 0.
    bool isNull(int column) const;
    QString text(int column) const; ///< null for NULL
    qint64 integer(int column) const;
    bool boolean(int column) const;
    Timestamp time(int column) const;
    std::optional<Timestamp> optionalTime(int column) const;
    std::optional<double> optionalNumber(int column) const;

private:
    Error failure() const;

    StorageConnection &m_connection;
    QString m_sql;
    std::unique_ptr<QSqlQuery> m_query;
    std::optional<Error> m_prepareError;
    bool m_heavy = false;
};

} // namespace flow
