// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>

#include <unordered_map>

namespace flow {

/// Takes secrets out of texts and JSON: what is told, stored or logged of a task that was given some goes through here
/// first. A value; reading it is safe from any thread.
///
/// Finds every shape of a secret that shapesOfSecret() knows, and of the longer ones every piece of `pieceLength`
/// characters, so that one that was cut or wrapped is found as well. `[secret NAME]` stands in its place, or `***`
/// where that would show a secret itself. Nothing that is looked for is left in what comes out.
class Redactor
{
public:
    static constexpr qsizetype pieceLength = 16;

    /// Values shorter than leastSecretLength have no shapes and are not looked for. A value that is known keeps its
    /// first name.
    void add(const QString &name, const QString &value);
    bool knows(const QString &value) const { return m_known.contains(value); }
    bool isEmpty() const { return m_names.isEmpty(); }

    /// A null text stays null.
    QString redacted(const QString &text) const;
    /// At any depth, names of members and numbers included. Members whose names become the same are numbered.
    QJsonValue redacted(const QJsonValue &value) const;
    /// Whether there is anything to take out.
    bool finds(const QString &text) const { return !find(text).isEmpty(); }

private:
    struct Shape
    {
        QString text;
        qsizetype owner; ///< index of the secret
    };
    /// Characters of a text that belong to a secret.
    struct Range
    {
        qsizetype begin;
        qsizetype end;
        qsizetype owner;
    };

    QList<Range> find(const QString &text) const;
    void findPieces(const QString &text, QList<Range> *ranges) const;
    QString replaced(const QString &text, const QList<Range> &ranges, bool withNames) const;
    QString mark(qsizetype owner) const;
    QJsonValue cleaned(const QJsonValue &value) const;
    QJsonObject cleanedObject(const QJsonObject &object) const;

    QStringList m_names;
    QSet<QString> m_known;                           ///< values
    QList<QJsonValue> m_values;                      ///< of secrets that are JSON; undefined: this one is not
    QList<Shape> m_shapes;                           ///< the short ones
    std::unordered_map<quint64, qsizetype> m_pieces; ///< owners by the hash of a piece
};

} // namespace flow
