// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace flow {

/// Writes canonical JSON piece by piece, so that the caller chooses the order of keys. A value on the stack of one
/// function.
///
/// Objects handed over whole are written with sorted keys. Numbers come in their shortest exact form (whole ones
/// without fraction; NaN and infinity, which JSON does not have, as null). Calls must be balanced; anything else
/// asserts.
class JsonWriter
{
public:
    enum class Style {
        Indented, ///< two spaces per level, one member or item per line, one newline at the end
        Compact,  ///< one line without spaces
    };

    explicit JsonWriter(Style style)
        : m_style(style)
    {
    }

    void beginObject();
    void endObject();
    void beginList();
    void endList();
    void key(const QString &key);
    void value(const QJsonValue &value);
    /// A small value on one line also when indented: `{"x": 1, "y": 2}`.
    void lineValue(const QJsonValue &value);
    void member(const QString &name, const QJsonValue &content)
    {
        key(name);
        value(content);
    }

    /// Lets the text end anywhere once it is longer than that: for excerpts of values that may be huge.
    void stopAfter(qsizetype bytes) { m_mostBytes = bytes; }

    /// The text; the writer is empty afterwards.
    QByteArray take();

private:
    struct Level
    {
        bool isList = false;
        bool isEmpty = true;
    };

    bool isFull() const { return m_mostBytes >= 0 && m_text.size() > m_mostBytes; }
    void begin(bool isList);
    void end(bool isList);
    void separate();
    void beforeValue();
    void newLine();
    void object(const QJsonObject &object);
    void text(const QString &text);
    void number(const QJsonValue &value);

    Style m_style;
    bool m_onOneLine = false;
    bool m_isSeparated = false; ///< a key or separator was just written
    qsizetype m_mostBytes = -1;
    QList<Level> m_levels;
    QByteArray m_text;
};

} // namespace flow
