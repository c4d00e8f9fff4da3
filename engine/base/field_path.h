// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace flow {

/// A place inside a JSON document, such as `tasks[2].retry.max_attempts`. A plain value; any thread.
class FieldPath
{
public:
    struct Step
    {
        QString key;          ///< object member; null when the step is a list index
        qsizetype index = -1; ///< list index from 0; -1 when the step is an object member
        bool operator==(const Step &) const = default;
    };

    FieldPath() = default;
    explicit FieldPath(const QString &key) { m_steps.append(Step{key, -1}); }

    FieldPath operator/(const QString &key) const;
    FieldPath operator/(qsizetype index) const;

    const QList<Step> &steps() const { return m_steps; }
    bool isEmpty() const { return m_steps.isEmpty(); }

    /// `tasks[2].retry`; a key that is not a plain word is quoted: `config["a.b"]`.
    QString toString() const;

    bool operator==(const FieldPath &) const = default;

private:
    QList<Step> m_steps;
};

} // namespace flow
