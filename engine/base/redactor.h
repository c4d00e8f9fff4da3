// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancellation.h"
#include "base/secret_finder.h"

#include <QJsonValue>
#include <QSet>

namespace flow {

/// Takes secrets out of texts and JSON: what is told, stored or logged of a task that was given some goes through here
/// first. A value; reading it is safe from any thread.
///
/// Finds every shape of a secret that shapesOfSecret() knows as SecretFinder does. `[secret NAME]` stands in its place,
/// or `***` where that would show a secret itself. Nothing that is looked for is left in what comes out.
class Redactor
{
public:
    static constexpr qsizetype pieceLength = SecretFinder::pieceLength;

    /// Values shorter than leastSecretLength have no shapes and are not looked for. A value that is known keeps its
    /// first name.
    void add(const QString &name, const QString &value);
    bool knows(const QString &value) const { return m_known.contains(value); }
    bool isEmpty() const { return m_names.isEmpty(); }

    /// A null text stays null. Where it was cut, what the cut has left of a secret is taken out as well.
    QString redacted(const QString &text, TextCut cut = TextCut::Nowhere) const;
    /// At any depth, names of members and numbers included. Members whose names become the same are numbered. Once
    /// `cancel` has tripped what was not looked at yet becomes `***`.
    QJsonValue redacted(const QJsonValue &value, const CancelToken &cancel = {}) const;
    /// Whether there is anything to take out.
    bool finds(const QString &text) const { return !m_finder.findWhole(text).isEmpty(); }

private:
    QString replaced(const QString &text, const QList<SecretFinder::Range> &ranges, bool withNames) const;
    QString mark(qsizetype owner) const;
    QJsonValue cleaned(const QJsonValue &value, const CancelToken &cancel) const;
    QJsonObject cleanedObject(const QJsonObject &object, const CancelToken &cancel) const;

    QStringList m_names;
    QSet<QString> m_known;      ///< values
    QList<QJsonValue> m_values; ///< of secrets that are JSON; undefined: this one is not
    SecretFinder m_finder;
    bool m_spansParts = false; ///< a secret may stand in JSON without standing in a text or number of it
};

} // namespace flow
